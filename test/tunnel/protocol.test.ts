import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { holdConnection } from '../../electron/edges/tunnel/connection.ts';
import { AgentCommand, AgentEvent, protocol } from '../../electron/tunnel/messages.ts';
import { publicUrl } from './support/scripted-agent.ts';
import { connectedStatus, dialOptions, supervised } from './support/supervised.ts';

const folder = join(import.meta.dirname, '../fixtures/tunnel-protocol');
const versions = readdirSync(folder).map(
  (name): [string, Record<'commands' | 'events', object[]>] => [
    name,
    JSON.parse(readFileSync(join(folder, name), 'utf8')),
  ],
);

/** A message as the next version may send it. */
const newer = (message: object) => ({ ...message, added: { by: 'the next version' } });

test("every version's messages are kept, today's too", () => {
  expect(versions.map(([name]) => name)).toEqual(
    Array.from({ length: protocol }, (_, at) => `${at + 1}.json`),
  );
  const kinds = (messages: readonly object[] = []) =>
    new Set(messages.flatMap((message) => ('what' in message ? [message.what] : [])));
  const today = versions.at(-1)?.[1];
  expect(kinds(today?.commands).size).toBe(AgentCommand.def.options.length);
  expect(kinds(today?.events).size).toBe(AgentEvent.def.options.length);
});

test.each(versions)(
  'both sides read the messages of %s, and with more fields in them',
  (_, sent) => {
    for (const command of sent.commands) {
      expect(AgentCommand.parse(command)).toEqual(command);
      expect(AgentCommand.parse(newer(command))).toEqual(command);
    }
    for (const event of sent.events) {
      expect(AgentEvent.parse(event)).toEqual(event);
      expect(AgentEvent.parse(newer(event))).toEqual(event);
    }
  },
);

test('a command that does not say its protocol is of the first', () => {
  const command = { what: 'dial', options: dialOptions };
  expect(AgentCommand.parse(command)).toMatchObject({ protocol: 1 });
});

test('main connects with an agent of the next version, which sends more fields and other events', async () => {
  const { supervisor, script, time } = supervised();
  supervisor.configure(dialOptions);
  const agent = script.last();
  agent.sayAnything({ what: 'hello', protocol: protocol + 1 });
  agent.sayAnything(newer({ what: 'heartbeat' }));
  agent.sayAnything({ what: 'metrics', bytes: 12 });
  agent.sayAnything(newer({ what: 'bound', url: publicUrl }));
  agent.sayAnything(newer({ what: 'heartbeat' }));
  await time.pass(2500);
  expect(supervisor.status()).toEqual(connectedStatus);
  expect(script.processes).toHaveLength(1);
});

test('an agent ignores the commands that only the next main knows, and ends when told', () => {
  let tell = (_message: unknown) => {};
  let ended = 0;
  holdConnection(
    {
      post: () => {},
      onMessage: (listener) => {
        tell = listener;
      },
    },
    () => {
      ended += 1;
    },
  );
  tell({ what: 'measure', every: 5 });
  tell({ what: 'dial', protocol: protocol + 1, options: null });
  expect(ended).toBe(0);
  tell(newer({ what: 'close' }));
  expect(ended).toBe(1);
});
