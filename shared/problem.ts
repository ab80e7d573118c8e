import * as z from 'zod/mini';
import { Words } from './pipe.ts';
import { RejectionCount } from './quarantine.ts';
import { Loss } from './settings.ts';

/** What is wrong in a file, and where, such as `sources[1].token`. */
export const Mistake = z.object({ path: z.string(), message: z.string() });
export type Mistake = z.infer<typeof Mistake>;

/** A failure a person can act on. `renderer/problems.ts` has its words; a problem nobody has worded does not compile. */
export const Problem = z.discriminatedUnion('code', [
  /** `instead`: the port that the receiver took, where it may take any; null while it listens on none. */
  z.object({
    code: z.literal('port-taken'),
    port: z.int(),
    fixed: z.boolean(),
    instead: z.nullable(z.int()),
  }),
  z.object({
    code: z.literal('provisioning'),
    mistakes: z.array(Mistake),
  }),
  /** No keyring: secrets would be, or are, kept in a file that only this user account can read. */
  z.object({ code: z.literal('keyring-missing'), stored: z.boolean() }),
  /** The keyring is there, and waits for a person or does not answer. It is asked again. */
  z.object({ code: z.literal('keyring-closed'), why: z.enum(['locked', 'silent']) }),
  z.object({ code: z.literal('secrets-unreadable'), sourceIds: z.array(z.string()) }),
  /** Restored from a file of settings, which holds no secret. */
  z.object({ code: z.literal('secret-missing'), sourceIds: z.array(z.string()) }),
  z.object({ code: z.literal('settings-restored'), from: z.enum(['backup', 'defaults']) }),
  z.object({ code: z.literal('secrets-restored'), from: z.enum(['backup', 'nothing']) }),
  /** Settings or secrets: used as far as they are understood, and not changed. */
  z.object({ code: z.literal('settings-newer') }),
  /** The system does not let us read settings or secrets. `message` is its own. */
  z.object({ code: z.literal('settings-unreadable'), message: z.string() }),
  z.object({ code: z.literal('history-damaged'), what: z.string() }),
  z.object({ code: z.literal('history-newer') }),
  /** What the disk did not take when it was tried last: events, or only what is saved beside them. `since` is epoch ms. */
  z.object({
    code: z.literal('disk'),
    refused: z.enum(['events', 'marks']),
    message: z.string(),
    since: z.int(),
  }),
  /** The file system syncs files and no folders: a power cut may undo what is new in one. `message` is the system's own. */
  z.object({ code: z.literal('folder-unsynced'), message: z.string() }),
  z.object({ code: z.literal('log-unwritable'), message: z.string() }),
  /** A Hookbell on another computer writes to this profile by now; this one does not any more. */
  z.object({ code: z.literal('profile-taken'), pid: z.int(), host: z.string() }),
  /** Two notifications in a row were not shown, and none since. `since`: when the first of them was tried, epoch ms. */
  z.object({
    code: z.literal('notifications-not-arriving'),
    why: z.enum(['no-service', 'no-answer', 'refused']),
    since: z.int(),
  }),
  /**
   * Three rejections or more in a row on the right endpoint. `since` is epoch ms. `unprovenRelay`: they came through a public URL of
   * the person's own, through which nothing signed has been believed yet, so that a relay there may rewrite the bodies.
   */
  z.object({
    code: z.literal('deliveries-rejected'),
    sourceId: z.string(),
    reasons: z.array(RejectionCount),
    since: z.int(),
    unprovenRelay: z.boolean(),
  }),
  /** What no signature proves has used up the share of its source (H15); more is answered 429. `entries`: how many are kept; `since` is epoch ms. */
  z.object({
    code: z.literal('share-used-up'),
    sourceId: z.string(),
    entries: z.int(),
    since: z.int(),
  }),
  /** Providers cannot reach this computer: since `since` (epoch ms), and `waits` where only a person can change that. */
  z.object({
    code: z.literal('no-way-in'),
    since: z.int(),
    why: Words,
    waits: z.boolean(),
  }),
  /** The provider posted to a URL that was replaced, and not to the new one since. `until`: when the old one stops working, epoch ms; `stopped`: it has. */
  z.object({
    code: z.literal('old-url-in-use'),
    sourceId: z.string(),
    until: z.int(),
    stopped: z.boolean(),
  }),
  /** An account that fails to sync, or that the simulator says so of. `seq` is the entry that opened it, `since` its time. */
  z.object({
    code: z.literal('account-failing'),
    sourceId: z.string(),
    account: z.string(),
    title: z.string(),
    since: z.int(),
    seq: z.int(),
    simulated: z.boolean(),
  }),
  /** So many accounts of a source fail to sync beside those that are listed. */
  z.object({
    code: z.literal('more-accounts-failing'),
    sourceId: z.string(),
    accounts: z.int(),
  }),
  /** Something was posted to a source's endpoint under a name in Host that is none of ours. `host` has a port where it was not the usual one; `since` is epoch ms. */
  z.object({
    code: z.literal('other-host'),
    host: z.string(),
    sourceId: z.string(),
    since: z.int(),
  }),
  /** More connections, or more requests at once, than the receiver takes. `since` is epoch ms. */
  z.object({ code: z.literal('receiver-crowded'), since: z.int() }),
  /** The URL is another one now; these sources' portals have not posted to it yet. */
  z.object({ code: z.literal('url-changed'), sourceIds: z.array(z.string()) }),
  /** Only as an answer: what was asked for is not there any more. */
  z.object({ code: z.literal('gone'), what: z.string() }),
  /** Only as an answer: what was asked for could not be kept, and nothing was changed. */
  z.object({ code: z.literal('not-saved'), message: z.string() }),
  /** Only as an answer: what was chosen removes events, and the person has not agreed to that. */
  z.extend(Loss, { code: z.literal('events-would-go') }),
  /** Only as an answer: what was typed cannot be used. */
  z.object({ code: z.literal('invalid'), field: z.string(), message: z.string() }),
]);
export type Problem = z.infer<typeof Problem>;
