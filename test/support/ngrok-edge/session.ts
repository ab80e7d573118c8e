import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import * as z from 'zod/mini';
import type { Account, AgentSession } from './account.ts';
import { multiplex } from './multiplexer.ts';
import { answer, failure, purpose, readRequest, readStart, typeHeader } from './rpc.ts';
import type { MuxStream } from './stream.ts';

const Auth = z.object({
  ClientId: z.string(),
  Extra: z.object({
    AuthToken: z.string(),
    Cookie: z.string(),
    /** Nanoseconds. */
    HeartbeatInterval: z.int(),
    HeartbeatTolerance: z.int(),
  }),
});

const Bind = z.object({
  Id: z.string(),
  Proto: z.string(),
  Opts: z.looseObject({
    Domain: z.optional(z.string()),
    RequestHeaders: z.nullish(z.object({ add: z.nullish(z.array(z.string())) })),
    TrafficPolicy: z.nullish(z.string()),
  }),
  Extra: z.looseObject({ Token: z.string() }),
});

const Unbind = z.object({ Id: z.string() });

const nsPerMs = 1e6;

/** Serves one agent's connection: heartbeats, authentication, endpoints. Ends one that stops beating. */
export const serveAgent = (wire: Duplex, account: Account): void => {
  let session: AgentSession | null = null;
  let patienceMs = 25_000;
  let hangUpSilent: NodeJS.Timeout | undefined;

  const multiplexer = multiplex(wire, {
    stream: (stream) =>
      readStart(stream, 4, (type, rest) => take(type.readUInt32BE(), stream, rest)),
    end: () => {
      clearTimeout(hangUpSilent);
      if (session) account.ended(session);
    },
  });

  const beat = () => {
    clearTimeout(hangUpSilent);
    hangUpSilent = setTimeout(multiplexer.hangUp, patienceMs).unref();
  };

  const take = (type: number, stream: MuxStream, rest: Buffer): void => {
    if (type === purpose.heartbeat) {
      const echo = (bytes: Buffer) => {
        beat();
        stream.write(bytes);
      };
      stream.on('data', echo);
      if (rest.byteLength > 0) echo(rest);
      return;
    }
    readRequest(stream, rest, (request) => {
      if (type === purpose.auth) authenticate(stream, Auth.parse(request));
      else if (type === purpose.bind) bind(stream, Bind.parse(request));
      else if (type === purpose.unbind) unbind(stream, Unbind.parse(request));
      else stream.destroy(new Error(`a stream of type ${type} was not expected`));
    });
  };

  const authenticate = (stream: MuxStream, { ClientId, Extra }: z.infer<typeof Auth>): void => {
    const refusal = account.refusalOf(Extra.AuthToken);
    if (refusal) {
      answer(stream, failure(refusal.code, refusal.text));
      return;
    }
    patienceMs = (Extra.HeartbeatInterval + Extra.HeartbeatTolerance) / nsPerMs;
    beat();
    const clientId = ClientId || randomUUID();
    session = {
      clientId,
      openProxy,
      stopEndpoint: (id, code, text) =>
        tell(purpose.stopTunnel, { Id: id, Message: text, ErrorCode: `ERR_NGROK_${code}` }),
      goAway: multiplexer.goAway,
    };
    account.began(session);
    answer(stream, {
      Version: '3',
      ClientId: clientId,
      Extra: {
        Version: 'stand-in',
        Region: 'local',
        Cookie: Extra.Cookie || randomUUID(),
        AccountName: 'Stand-in',
        SessionDuration: 0,
        PlanName: 'Free',
        Banner: '',
      },
    });
  };

  const bind = (stream: MuxStream, { Id, Proto, Opts, Extra }: z.infer<typeof Bind>): void => {
    const bound = session
      ? account.bind(session, {
          id: Id,
          domain: Opts.Domain ?? '',
          addedHeaders: (Opts.RequestHeaders?.add ?? []).map(headerIn),
          trafficPolicy: Opts.TrafficPolicy ?? '',
        })
      : ({ status: 'refused', code: 4018, text: 'Not authenticated.' } as const);
    if (bound.status === 'refused') {
      answer(stream, failure(bound.code, bound.text));
      return;
    }
    const { id, url } = bound.endpoint;
    answer(stream, {
      Id: id,
      URL: url,
      Proto,
      Opts,
      Extra: { Token: Extra.Token || randomUUID() },
    });
  };

  const unbind = (stream: MuxStream, { Id }: z.infer<typeof Unbind>): void => {
    const found = session !== null && account.unbind(session, Id);
    // The SDK asks about three times for each close.
    answer(stream, found ? {} : failure(333, `No tunnel found with the ID ${Id}`));
  };

  const openProxy = (endpointId: string, clientAddress: string): Duplex => {
    const header = Buffer.from(
      JSON.stringify({
        Id: endpointId,
        ClientAddr: clientAddress,
        Proto: 'https',
        EdgeType: '0',
        PassthroughTLS: false,
      }),
    );
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.byteLength));
    const stream = multiplexer.open();
    stream.write(Buffer.concat([typeHeader(purpose.proxy), length, header]));
    return stream;
  };

  const tell = (type: number, order: object): void => {
    const stream = multiplexer.open();
    stream.write(typeHeader(type));
    stream.end(JSON.stringify(order));
    stream.resume();
  };
};

const headerIn = (line: string): readonly [string, string] => {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
};
