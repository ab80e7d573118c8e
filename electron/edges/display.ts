import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { cookiesFor, displayNamed, greeting, type X11Display } from './x11.ts';

const patienceMs = 2000;

type Environment = Readonly<Record<string, string | undefined>>;
type Greeted = 'welcome' | 'refused' | 'unreachable' | 'silent';

/**
 * Why there is no display, without which Electron crashes on Linux; null when there is one or that is unknown. Before `ready`. Takes at
 * most 2 s for each key.
 */
export const displayTrouble = async (environment: Environment): Promise<string | null> => {
  const { DISPLAY, WAYLAND_DISPLAY } = environment;
  if (WAYLAND_DISPLAY) return null;
  if (!DISPLAY)
    return 'there is no display: neither DISPLAY nor WAYLAND_DISPLAY is set. Start it inside a desktop session.';
  const display = displayNamed(DISPLAY);
  if (display === null) return null;

  const file = environment.XAUTHORITY || join(environment.HOME || homedir(), '.Xauthority');
  const authority = await readFile(file).catch(() => null);
  const keys = [...(authority ? cookiesFor(authority, display.number) : []), null];
  const answers: Greeted[] = [];
  for (const key of keys) {
    const answer = await greet(display, key);
    if (answer === 'welcome' || answer === 'silent') return null;
    answers.push(answer);
  }
  if (answers.includes('refused'))
    return `the display ${DISPLAY} does not let this user in (${authority ? `the key in ${file} does not fit` : `${file} cannot be read`}). Start it as the user of the desktop, or set XAUTHORITY.`;
  return `the display ${DISPLAY} cannot be reached. Start it inside a desktop session, or correct DISPLAY.`;
};

const greet = async (display: X11Display, key: Buffer | null): Promise<Greeted> => {
  const answers: Greeted[] = [];
  for (const address of display.addresses) {
    const answer = await greetAt(address, key);
    if (answer !== 'unreachable') return answer;
    answers.push(answer);
  }
  return answers[0] ?? 'silent';
};

const greetAt = (address: X11Display['addresses'][number], key: Buffer | null): Promise<Greeted> =>
  new Promise((resolve) => {
    const socket = connect(address);
    const end = (answer: Greeted): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(patienceMs, () => end('silent'));
    socket.on('connect', () => socket.write(greeting(key)));
    // The first byte: 0 refused, 1 welcome, 2 asks for more.
    socket.on('data', ([status]) => end(status === 1 ? 'welcome' : 'refused'));
    socket.on('error', () => end('unreachable'));
    socket.on('close', () => end('unreachable'));
  });
