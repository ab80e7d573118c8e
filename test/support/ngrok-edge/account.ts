import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';

/** A session of an agent, as the account and the internet know it. */
export type AgentSession = {
  readonly clientId: string;
  /** A stream that the agent forwards as one connection to the endpoint's upstream. */
  readonly openProxy: (endpointId: string, clientAddress: string) => Duplex;
  readonly stopEndpoint: (id: string, code: number, text: string) => void;
  /** Says that this session is over; the agent hangs up and comes again. */
  readonly goAway: () => void;
};

export type Endpoint = {
  readonly id: string;
  readonly url: string;
  readonly clientId: string;
  /** Null while the endpoint lingers: its session is lost, and the edge has not given it up. */
  readonly session: AgentSession | null;
  /** Headers the agent asked to add to each request. */
  readonly addedHeaders: readonly (readonly [name: string, value: string])[];
  readonly trafficPolicy: string;
};

/** The code and text of an ngrok error. */
export type Refusal = { readonly code: number; readonly text: string };

export type AccountOptions = {
  readonly authtoken: string;
  /** The first is the account's dev domain. */
  readonly domains: readonly string[];
  readonly mostSessions: number;
  /** The public URL of a domain. */
  readonly urlOf: (domain: string) => string;
};

export type BindRequest = {
  readonly id: string;
  readonly domain: string;
  readonly addedHeaders: Endpoint['addedHeaders'];
  readonly trafficPolicy: string;
};

export type Bound = { readonly status: 'bound'; readonly endpoint: Endpoint };
export type Refused = { readonly status: 'refused' } & Refusal;

const refused = (code: number, text: string): Refused => ({ status: 'refused', code, text });

/** The one account the edge serves: who may come in, and which endpoints are online. */
export const createAccount = ({ authtoken, domains, mostSessions, urlOf }: AccountOptions) => {
  const sessions = new Set<AgentSession>();
  const endpoints = new Map<string, Endpoint>();
  const listeners = new Set<() => void>();
  const faults: { auth: Refusal | null; bind: Refusal | null; lingerMs: number } = {
    auth: null,
    bind: null,
    lingerMs: 0,
  };

  const changed = () => {
    for (const listener of listeners) listener();
  };
  const put = (endpoint: Endpoint): Endpoint => {
    endpoints.set(endpoint.url, endpoint);
    changed();
    return endpoint;
  };
  const remove = (endpoint: Endpoint): void => {
    if (endpoints.get(endpoint.url) !== endpoint) return;
    endpoints.delete(endpoint.url);
    changed();
  };

  return {
    faults,
    sessions: sessions as ReadonlySet<AgentSession>,
    endpoints: () => [...endpoints.values()],

    /** Why an agent may not come in; null when it may. */
    refusalOf: (given: string): Refusal | null => {
      if (faults.auth) return faults.auth;
      if (given === '') return refused(4018, 'This ngrok session is not authenticated.');
      if (!/^\w{20,}$/.test(given)) return refused(105, 'It does not look like an authtoken.');
      if (given !== authtoken) return refused(107, 'Properly formed, but invalid.');
      if (sessions.size >= mostSessions)
        return refused(108, `Your account is limited to ${mostSessions} simultaneous sessions.`);
      return null;
    },

    began: (session: AgentSession): void => {
      sessions.add(session);
      changed();
    },

    ended: (session: AgentSession): void => {
      if (!sessions.delete(session)) return;
      for (const endpoint of [...endpoints.values()].filter((each) => each.session === session)) {
        if (faults.lingerMs === 0) {
          remove(endpoint);
          continue;
        }
        const lingering = put({ ...endpoint, session: null });
        setTimeout(() => remove(lingering), faults.lingerMs).unref();
      }
      changed();
    },

    bind: (session: AgentSession, request: BindRequest): Bound | Refused => {
      if (faults.bind) return { status: 'refused', ...faults.bind };
      const domain = request.domain === '' ? domains[0] : request.domain.toLowerCase();
      if (domain === undefined) return refused(15013, 'A dev domain that does not exist.');
      if (!/^[a-z0-9.*-]+$/.test(domain)) return refused(326, `Invalid character in ${domain}.`);
      if (!domains.includes(domain)) return refused(320, 'Reserved for another account.');

      const url = urlOf(domain);
      const online = endpoints.get(url);
      if (online && online.clientId !== session.clientId)
        return refused(334, `The endpoint ${url} is already online.`);
      const id = request.id || online?.id || randomUUID();
      const { addedHeaders, trafficPolicy } = request;
      const endpoint = {
        id,
        url,
        clientId: session.clientId,
        session,
        addedHeaders,
        trafficPolicy,
      };
      return { status: 'bound', endpoint: put(endpoint) };
    },

    unbind: (session: AgentSession, id: string): boolean => {
      const endpoint = [...endpoints.values()].find(
        (each) => each.id === id && each.session === session,
      );
      if (endpoint) remove(endpoint);
      return endpoint !== undefined;
    },

    /** The endpoint a Host header names. */
    endpointAt: (host: string): Endpoint | undefined =>
      [...endpoints.values()].find(({ url }) => new URL(url).host === host.toLowerCase()),

    /** Takes the endpoint of every agent offline, as its owner may in ngrok's dashboard. */
    stopEndpoints: (): void => {
      for (const endpoint of [...endpoints.values()]) {
        remove(endpoint);
        endpoint.session?.stopEndpoint(endpoint.id, 0, 'stopped in the dashboard');
      }
    },

    /** Settles as soon as `holds` does, looking after every change. */
    until: (holds: () => boolean): Promise<void> =>
      new Promise((resolve) => {
        const look = () => {
          if (!holds()) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      }),
  };
};

export type Account = ReturnType<typeof createAccount>;
