import { type Listener, type Session, SessionBuilder } from '@ngrok/ngrok';
import {
  AgentCommand,
  type AgentEvent,
  type DialOptions,
  heartbeat,
} from '../../tunnel/messages.ts';

export type Port = {
  readonly post: (event: AgentEvent) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
};

const closeWithinMs = 1000;
const longestText = 300;

/**
 * Holds one connection to ngrok by the port's commands, and posts its events. `end` ends the process. Nothing here throws in a
 * callback of the SDK, which would abort the process (js `src/session.rs`).
 */
export const holdConnection = (port: Port, end: () => void): void => {
  let abandoned = false;
  let held: Held | null = null;

  const post = (event: AgentEvent): void => {
    try {
      port.post(event);
    } catch {
      // The channel is gone, and with it the reason to hold a connection.
      abandoned = true;
    }
  };

  const dial = async (wanted: DialOptions): Promise<void> => {
    const postFailure = (what: 'failed' | 'closed', error: unknown) =>
      post({ what, ...failureIn(error, wanted.authtoken) });
    try {
      const session = await connect(wanted, post, () => !abandoned);
      const listener = await bind(session, wanted);
      held = { session, listener };
      post({ what: 'bound', url: listener.url() ?? '' });
      // A second `join` of the listener would panic.
      listener.join().then(
        () => postFailure('closed', 'closed'),
        (error: unknown) => postFailure('closed', error),
      );
    } catch (error) {
      postFailure('failed', error);
    }
  };

  port.onMessage((message) => {
    const command = AgentCommand.safeParse(message);
    if (!command.success) return;
    if (command.data.what === 'dial') {
      void dial(command.data.options);
      return;
    }
    abandoned = true;
    close(held, end);
  });
};

type Held = { readonly session: Session; readonly listener: Listener };

const connect = (
  { authtoken, serverAddress, rootCa }: DialOptions,
  post: (event: AgentEvent) => void,
  isWanted: () => boolean,
): Promise<Session> => {
  const builder = new SessionBuilder()
    .authtoken(authtoken)
    .metadata('Hookbell')
    .heartbeatInterval(heartbeat.intervalSeconds)
    .heartbeatTolerance(heartbeat.toleranceSeconds)
    // Against its type, the SDK passes no number for a heartbeat that was missed.
    .handleHeartbeat((ms) =>
      post({ what: typeof ms === 'number' ? 'heartbeat' : 'heartbeat-missed' }),
    )
    // A boolean and never a promise; false ends the session for good.
    .handleDisconnection((_address, error) => {
      post({ what: 'disconnected', text: plain(error, authtoken) });
      return isWanted();
    });
  if (serverAddress !== null) builder.serverAddr(serverAddress);
  if (rootCa !== null) builder.rootCas(rootCa);
  return builder.connect();
};

const bind = (session: Session, wanted: DialOptions): Promise<Listener> => {
  const endpoint = session.httpEndpoint().forwardsTo('Hookbell');
  if (wanted.domain !== null) endpoint.domain(wanted.domain);
  if (wanted.trafficPolicy !== null) endpoint.trafficPolicy(wanted.trafficPolicy);
  for (const [name, value] of wanted.requestHeaders) endpoint.requestHeader(name, value);
  return endpoint.listenAndForward(`http://127.0.0.1:${wanted.port}`);
};

/** The endpoint closes first: a closed session writes no more, and ngrok would not learn of the endpoint's end. */
const close = (held: Held | null, end: () => void): void => {
  setTimeout(end, closeWithinMs);
  if (!held) {
    end();
    return;
  }
  const { listener, session } = held;
  listener
    .close()
    .then(() => session.close())
    .then(end, end);
};

/** `errorCode` is not set by every call of the SDK; the text always ends with it. */
const failureIn = (
  error: unknown,
  authtoken: string,
): { readonly code: string | null; readonly text: string } => {
  const message = error instanceof Error ? error.message : messageIn(error);
  const [, code] = /(ERR_NGROK_\d{1,6})/.exec(message) ?? [];
  return { code: code ?? null, text: plain(message, authtoken) };
};

/** A remote stop rejects with a plain object. */
const messageIn = (error: unknown): string =>
  typeof error === 'string' ? error : (JSON.stringify(error) ?? '');

/** ngrok repeats the authtoken in its messages; no log may hold it. */
const plain = (text: string, authtoken: string): string =>
  (authtoken === '' ? text : text.replaceAll(authtoken, '…')).slice(0, longestText);
