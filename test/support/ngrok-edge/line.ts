import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

type Pair = { readonly agent: Socket; readonly edge: Socket };

/** The network between agent and edge: a relay on loopback that can be cut, silenced and closed. */
export const openLine = async (edgePort: number) => {
  const pairs = new Set<Pair>();
  /** Every connection of an agent; the SDK leaves some half open after it was hung up on. */
  const agents = new Set<Socket>();
  /** Connections that were begun in silence: the other end has not heard of them. */
  const unheard = new Set<Socket>();
  let silent = false;
  let hangsUp = false;

  const server = createServer({ noDelay: true }, (agent) => {
    agents.add(agent);
    agent.on('error', () => {});
    agent.once('close', () => agents.delete(agent));
    if (hangsUp) agent.destroy();
    else if (silent) {
      unheard.add(agent);
      agent.once('close', () => unheard.delete(agent));
    } else join(agent);
  });

  const join = (agent: Socket): void => {
    const edge = connect({ port: edgePort, host: '127.0.0.1', noDelay: true });
    const pair = { agent, edge };
    pairs.add(pair);
    edge.on('error', () => {});
    edge.once('close', () => hungUp(pair, agent));
    agent.once('close', () => hungUp(pair, edge));
    flow(pair);
  };

  /** In silence nobody hears that the other has hung up. */
  const hungUp = (pair: Pair, other: Socket): void => {
    if (silent) return;
    pairs.delete(pair);
    other.end();
  };

  const flow = ({ agent, edge }: Pair): void => {
    agent.pipe(edge, { end: false });
    edge.pipe(agent, { end: false });
  };

  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(0);

  /** `rst` and `fin` are what the agent sees; the edge sees a closed connection. */
  const cut = (how: 'rst' | 'fin'): void => {
    for (const { agent, edge } of pairs) {
      if (how === 'rst') agent.resetAndDestroy();
      else agent.end();
      edge.destroy();
    }
    for (const agent of unheard) agent.destroy();
  };

  const takeDown = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    cut('rst');
    for (const agent of agents) agent.destroy();
    await closed;
  };

  return {
    port,
    cut,
    takeDown,
    bringUp: async (): Promise<void> => {
      await listen(port);
    },
    hangUpOnNew: (yes: boolean): void => {
      hangsUp = yes;
    },
    /** Nothing gets through any more, and nothing closes. */
    silence: (): void => {
      silent = true;
      for (const { agent, edge } of pairs) {
        agent.unpipe(edge).pause();
        edge.unpipe(agent).pause();
      }
    },
    /** What was under way arrives after all; `lost`: what began before or during the silence never does. */
    speak: (lost: boolean): void => {
      silent = false;
      for (const pair of pairs) {
        if (pair.agent.closed || pair.edge.closed) {
          pair.agent.destroy();
          pair.edge.destroy();
          pairs.delete(pair);
        } else if (!lost) flow(pair);
      }
      for (const agent of unheard) {
        unheard.delete(agent);
        if (!lost) join(agent);
      }
    },
  };
};

export type Line = Awaited<ReturnType<typeof openLine>>;
