import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';

const PATIENCE_MS = 30_000;

/**
 * Starts a bundled program with a JSON argument. `said` settles with its next message, `ask` sends one and settles with the answer.
 *
 * @param {string} file
 * @param {unknown} [argument]
 */
export function startProgram(file, argument = null) {
  const child = fork(file, [JSON.stringify(argument)], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const said = () => answerOf(child, file);

  return {
    said,
    /** @param {object} message */
    ask(message) {
      child.send(message);
      return said();
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} name
 * @returns {Promise<any>}
 */
async function answerOf(child, name) {
  const ended = new AbortController();
  const { signal } = ended;
  const exit = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`${name} ended with ${code} before it answered`);
  });
  try {
    const [answer] = await Promise.race([once(child, 'message', { signal }), exit]);
    return answer;
  } finally {
    ended.abort();
    exit.catch(() => {});
  }
}

/**
 * Starts Electron and settles once its output holds a word, with the ms that took. Rejects after 30 s.
 *
 * @param {string} electron
 * @param {string[]} args
 * @param {string} word
 * @param {Record<string, string>} [env] variables beside our own
 */
export async function startElectron(electron, args, word, env = {}) {
  const startedAt = performance.now();
  const child = spawn(electron, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let said = '';
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    complaints = (complaints + text).slice(-4000);
  });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    child.kill('SIGTERM');
    await once(child, 'exit');
    clearTimeout(impatience);
  };
  /** @type {Promise<number>} */
  const heard = new Promise((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said += text;
      if (said.includes(word)) resolve(performance.now() - startedAt);
    });
    const fail = () => reject(new Error(`Electron did not say “${word}”\n${said}${complaints}`));
    child.once('error', reject);
    child.once('exit', fail);
    setTimeout(fail, PATIENCE_MS).unref();
  });
  try {
    return { ms: await heard, pid: Number(child.pid), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
