import type { Answers } from '../../../shared/ipc.ts';
import type { DeliveredAgain, Forwarded } from '../../../shared/related.ts';
import type { HeaderLine } from '../../delivery.ts';
import type { History } from '../../history/history.ts';
import { bodyBytes, type HistoryRecord } from '../../history/record.ts';
import { type Mask, maskedBytes } from '../../masking.ts';
import type { Listening } from '../../receiver/listening.ts';
import { curlCommand } from '../../replay/curl.ts';
import { loopbackUrl } from '../../replay/loopback-url.ts';
import { resentHeaders } from '../../replay/resent-headers.ts';
import type { SettingsStore } from '../../setup/settings.ts';
import type { Sources } from '../../setup/sources.ts';
import { maskedHeaders } from '../../transfer/masked.ts';
import type { Edges } from '../../world.ts';

export type ReplayAnswerOptions = {
  readonly edges: Pick<Edges, 'clipboard' | 'deliverAgain' | 'forward'>;
  readonly history: Pick<History, 'get'>;
  readonly settings: SettingsStore;
  readonly sources: Pick<Sources, 'find' | 'tokenOf'>;
  readonly listening: () => Listening;
  /** Where every endpoint URL begins; null while nothing can be reached. */
  readonly baseUrl: () => string | null;
  /** Hides our own secrets and tokens, as they are now. */
  readonly masking: () => Mask;
  readonly onChange: () => void;
};

type ReplayAnswers = Pick<Answers, 'copyCurl' | 'deliverAgain' | 'forward'>;

/** A server of the person's own, until they name one. */
const usualTarget = 'http://localhost:3000/';

const ownReceiver = 'This is the receiver of Hookbell itself. Use Deliver again for it';

/** Answers that send a recorded delivery once more, or say how. Nothing is sent but when the person asks for it. */
export const createReplayAnswers = (options: ReplayAnswerOptions): ReplayAnswers => {
  const { edges, history, settings, masking } = options;
  return {
    copyCurl: async ({ seq, form }) => {
      const found = await history.get(seq);
      if (!found) return false;
      const { record } = found;
      const local = settings.current.preferences.forwardTo ?? usualTarget;
      const url = form === 'to-endpoint' ? endpointOf(record, options) : local;
      if (url === null) return false;
      const body = bodyBytes(record.body);
      edges.clipboard(
        form === 'without-signature'
          ? curlCommand({ url, ...withoutSecrets(record, body, masking()) })
          : curlCommand({ url, headers: record.headers, body }),
      );
      return true;
    },

    deliverAgain: ({ seq }) => deliverAgain(seq, options),
    forward: ({ seq, url }) => forward(seq, url, options),
  };
};

const deliverAgain = async (
  seq: number,
  { edges, history, sources }: ReplayAnswerOptions,
): Promise<DeliveredAgain> => {
  const found = await history.get(seq);
  if (!found) return { status: 'not-sent', why: 'gone' };
  const { record } = found;
  if (!sources.find(record.sourceId)) return { status: 'not-sent', why: 'no-source' };
  const path = pathOf(record, { sources });
  if (path === null) return { status: 'not-sent', why: 'locked' };
  const { status, outcome } = await edges.deliverAgain({
    path,
    headers: resentHeaders(record.headers),
    body: bodyBytes(record.body),
    firstAt: record.receivedAt,
    simulated: record.simulated,
  });
  return status === 0
    ? { status: 'not-reached', message: outcome }
    : { status: 'answered', code: status, outcome };
};

const forward = async (
  seq: number,
  url: string,
  { edges, history, settings, listening, onChange }: ReplayAnswerOptions,
): Promise<Forwarded> => {
  const target = loopbackUrl(url);
  if (target.status === 'refused') return target;
  const here = listening();
  if (here.status === 'listening' && here.port === target.port)
    return { status: 'refused', message: ownReceiver };
  const found = await history.get(seq);
  if (!found) return { status: 'gone' };
  const { preferences } = settings.current;
  settings.remember({ preferences: { ...preferences, forwardTo: target.url } });
  onChange();
  const { headers, body } = found.record;
  try {
    const { status, ms } = await edges.forward({
      url: target.url,
      headers: resentHeaders(headers),
      body: bodyBytes(body),
    });
    return { status: 'answered', code: status, ms };
  } catch (error) {
    return { status: 'not-reached', message: messageOf(error) };
  }
};

const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'nothing answered';
  if ('code' in error && error.code === 'ECONNREFUSED') return 'nothing listens there';
  return error.message || 'nothing answered';
};

type Endpoints = Pick<ReplayAnswerOptions, 'sources' | 'baseUrl'>;

/** Null where the source is gone or its token is locked. */
const pathOf = (record: HistoryRecord, { sources }: Pick<Endpoints, 'sources'>): string | null => {
  const source = sources.find(record.sourceId);
  const token = source && sources.tokenOf(source);
  return source && token ? `/hooks/${source.provider}/${token}` : null;
};

const endpointOf = (record: HistoryRecord, options: Endpoints): string | null => {
  const path = pathOf(record, options);
  const base = options.baseUrl();
  return path === null || base === null ? null : `${base}${path}`;
};

/** What the window shows of it: without headers that prove or admit a sender, and without values of ours anywhere. */
const withoutSecrets = (record: HistoryRecord, body: Buffer, mask: Mask) => ({
  headers: maskedHeaders(record, mask).flatMap(({ name, value, masked }): HeaderLine[] =>
    masked ? [] : [[name, value]],
  ),
  body: maskedBytes(body, mask),
});
