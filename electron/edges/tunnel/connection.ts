import { type Listener, type Session, SessionBuilder } from '@ngrok/ngrok';
import { type Dial, heartbeat, Order, type Said } from '../../tunnel/messages.ts';

/** The way to the process that started this one. */
export type Port = {
  readonly post: (said: Said) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
};

const closeWithinMs = 1000;
const longestText = 300;

/**
 * Holds one connection to ngrok for whoever is at the other end of the port, and says what becomes of it. `end` ends the
 * process. Nothing in here throws inside a callback of the SDK: that would abort the process (js `src/session.rs`).
 */
export const holdConnection = (port: Port, end: () => void): void => {
  let abandoned = false;
  let held: { readonly session: Session; readonly listener: Listener } | null = null;

  const say = (said: Said): void => {
    try {
      port.post(said);
    } catch {
      // Nobody listens any more; then there is nothing to hold either.
      abandoned = true;
    }
  };

  const dial = async (wanted: Dial): Promise<void> => {
    const tell = (what: 'failed' | 'closed', error: unknown) =>
      say({ what, ...failureIn(error, wanted.authtoken) });
    try {
      const session = await connect(wanted);
      const listener = await bind(session, wanted);
      held = { session, listener };
      say({ what: 'bound', url: listener.url() ?? '' });
      // Only once per listener: a second `join` panics.
      listener.join().then(
        () => tell('closed', 'closed'),
        (error: unknown) => tell('closed', error),
      );
    } catch (error) {
      tell('failed', error);
    }
  };

  const connect = ({ authtoken, serverAddress, rootCa }: Dial): Promise<Session> => {
    const builder = new SessionBuilder()
      .authtoken(authtoken)
      .metadata('Hookbell')
      .heartbeatInterval(heartbeat.intervalSeconds)
      .heartbeatTolerance(heartbeat.toleranceSeconds)
      .handleHeartbeat((ms) => say({ what: 'heartbeat', ms: ms ?? null }))
      // A boolean and never a promise; false ends the session for good.
      .handleDisconnection((_address, error) => {
        say({ what: 'disconnected', text: plain(error, authtoken) });
        return !abandoned;
      });
    if (serverAddress !== null) builder.serverAddr(serverAddress);
    if (rootCa !== null) builder.rootCas(rootCa);
    return builder.connect();
  };

  const bind = (session: Session, wanted: Dial): Promise<Listener> => {
    const endpoint = session.httpEndpoint().forwardsTo('Hookbell');
    if (wanted.domain !== null) endpoint.domain(wanted.domain);
    if (wanted.trafficPolicy !== null) endpoint.trafficPolicy(wanted.trafficPolicy);
    for (const [name, value] of wanted.requestHeaders) endpoint.requestHeader(name, value);
    return endpoint.listenAndForward(wanted.forwardTo);
  };

  /** The endpoint first: a session that closes first stops writing, and the service would never hear of the endpoint's end. */
  const close = (): void => {
    abandoned = true;
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

  port.onMessage((message) => {
    const order = Order.safeParse(message);
    if (!order.success) return;
    if (order.data.what === 'dial') void dial(order.data.dial);
    else close();
  });
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

/** ngrok repeats the authtoken in what it says of it; nobody shall find it in a log. */
const plain = (text: string, authtoken: string): string =>
  (authtoken === '' ? text : text.replaceAll(authtoken, '…')).slice(0, longestText);
