import * as z from 'zod/mini';
import { runStages } from './event.ts';
import { Mistake } from './mistake.ts';
import { Words } from './pipe.ts';
import { RejectionCount } from './quarantine.ts';

// These also answer requests, see `problem.ts`.
/** Without a keyring, secrets are (`stored`) or would be in a plain file of this user account. */
export const KeyringMissing = z.object({ code: z.literal('keyring-missing'), stored: z.boolean() });
export const SecretsUnreadable = z.object({
  code: z.literal('secrets-unreadable'),
  sourceIds: z.array(z.string()),
});
/** A newer Hookbell wrote settings or secrets; they are read-only. */
export const SettingsNewer = z.object({ code: z.literal('settings-newer') });
/** The system refuses to read settings or secrets. `message` is the system's. */
export const SettingsUnreadable = z.object({
  code: z.literal('settings-unreadable'),
  message: z.string(),
});

/** Why a condition is open. `conditions/kinds.ts` has the words, the remedy and all else that follows from the code. */
export const ConditionReason = z.discriminatedUnion('code', [
  /** `instead`: the port that the receiver uses instead; null while it does not listen. */
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
  KeyringMissing,
  /** The keyring is locked or does not answer. It is asked again. */
  z.object({ code: z.literal('keyring-closed'), why: z.enum(['locked', 'silent']) }),
  SecretsUnreadable,
  /** The source was restored from a settings file, which contains no secret. */
  z.object({ code: z.literal('secret-missing'), sourceIds: z.array(z.string()) }),
  z.object({ code: z.literal('settings-restored'), from: z.enum(['backup', 'defaults']) }),
  z.object({ code: z.literal('secrets-restored'), from: z.enum(['backup', 'nothing']) }),
  SettingsNewer,
  SettingsUnreadable,
  z.object({ code: z.literal('history-damaged'), what: z.string() }),
  z.object({ code: z.literal('history-newer') }),
  /** The last write failed, of events or only of marks. `since` is epoch ms. */
  z.object({
    code: z.literal('disk'),
    refused: z.enum(['events', 'marks']),
    message: z.string(),
    since: z.int(),
  }),
  /** A power cut may undo new files: the file system cannot sync folders. `message` is the system's. */
  z.object({ code: z.literal('folder-unsynced'), message: z.string() }),
  z.object({ code: z.literal('log-unwritable'), message: z.string() }),
  /** A Hookbell on another computer took over this profile; this one no longer writes. */
  z.object({ code: z.literal('profile-taken'), pid: z.int(), host: z.string() }),
  /** At least two notifications in a row failed. `since`: the first of them, epoch ms. */
  z.object({
    code: z.literal('notifications-not-arriving'),
    why: z.enum(['no-service', 'no-answer', 'refused']),
    since: z.int(),
  }),
  /**
   * At least three rejections in a row. `since` is epoch ms. `unprovenRelay`: no signed delivery was ever accepted through the person's own
   * public URL, so a relay may rewrite the bodies.
   */
  z.object({
    code: z.literal('deliveries-rejected'),
    sourceId: z.string(),
    reasons: z.array(RejectionCount),
    since: z.int(),
    unprovenRelay: z.boolean(),
  }),
  /** The unsigned `entries` of a source fill its share (H15); more are answered 429. `since` is epoch ms. */
  z.object({
    code: z.literal('share-used-up'),
    sourceId: z.string(),
    entries: z.int(),
    since: z.int(),
  }),
  /** Providers cannot reach this computer since `since` (epoch ms). `waits`: only a person can change that. */
  z.object({
    code: z.literal('public-url-down'),
    since: z.int(),
    why: Words,
    waits: z.boolean(),
  }),
  /** The portal still uses a replaced URL, which works until `until` (epoch ms); `stopped`: it no longer works. */
  z.object({
    code: z.literal('old-url-in-use'),
    sourceId: z.string(),
    until: z.int(),
    stopped: z.boolean(),
  }),
  /** An account fails to sync. Entry `seq` opened the condition at `since` (epoch ms). */
  z.object({
    code: z.literal('account-failing'),
    sourceId: z.string(),
    accountId: z.string(),
    account: z.string(),
    title: z.string(),
    /** Why, in the words of its last event; may be empty. */
    summary: z.string(),
    since: z.int(),
    seq: z.int(),
    /** Failures in a row. */
    failures: z.int(),
    simulated: z.boolean(),
  }),
  /** A request to a source's endpoint had an unknown Host. `host` includes an unusual port; `since` is epoch ms. */
  z.object({
    code: z.literal('other-host'),
    host: z.string(),
    sourceId: z.string(),
    since: z.int(),
  }),
  /** The receiver reached its capacity of connections or requests. `since` is epoch ms. */
  z.object({ code: z.literal('receiver-crowded'), since: z.int() }),
  /** A recalculation has had no end for too long. `since`: its start, epoch ms; entry `seq` told it. `usualMs`: null for a first one. */
  z.object({
    code: z.literal('run-stuck'),
    sourceId: z.string(),
    userId: z.string(),
    /** The name shown for the user; null without one. */
    user: z.nullable(z.string()),
    stage: z.enum(runStages),
    since: z.int(),
    usualMs: z.nullable(z.int()),
    /** Deliveries could not be received for a while since it began. */
    endMayBeMissed: z.boolean(),
    seq: z.int(),
    simulated: z.boolean(),
  }),
  /**
   * Nothing came of a source, or of one account of it, for longer than its rhythm explains. `since`: the last arrival, epoch ms. `causes` are
   * sentences of the provider.
   */
  z.object({
    code: z.literal('source-silent'),
    sourceId: z.string(),
    account: z.nullable(z.object({ id: z.string(), name: z.string() })),
    since: z.int(),
    usualMs: z.int(),
    causes: z.array(z.string()),
  }),
  /** The failing accounts of a source that are not listed. */
  z.object({
    code: z.literal('more-accounts-failing'),
    sourceId: z.string(),
    accounts: z.int(),
  }),
  /** The URL changed, and the portals of these sources have not used the new one yet. */
  z.object({ code: z.literal('url-changed'), sourceIds: z.array(z.string()) }),
  /** A restart brings another version than `running`; see `Updates`. */
  z.object({
    code: z.literal('update-ready'),
    version: z.nullable(z.string()),
    running: z.string(),
    how: z.enum(['installed', 'downloaded']),
    isOlder: z.boolean(),
    isMissed: z.boolean(),
  }),
]);
export type ConditionReason = z.infer<typeof ConditionReason>;

export type ConditionCode = ConditionReason['code'];

export type ReasonOf<C extends ConditionCode = ConditionCode> = {
  [K in C]: Extract<ConditionReason, { code: K }> & { code: K };
}[C];

/** Until an instant (epoch ms), or until it fails again. */
export const SnoozeEnd = z.union([z.int(), z.literal('fails-again')]);
export type SnoozeEnd = z.infer<typeof SnoozeEnd>;

export const ConditionState = z.discriminatedUnion('status', [
  z.object({ status: z.literal('open') }),
  z.object({ status: z.literal('snoozed'), until: SnoozeEnd }),
  /** The person knows it since `at` (epoch ms). It is open again when it is other news. */
  z.object({ status: z.literal('acknowledged'), at: z.int() }),
]);
export type ConditionState = z.infer<typeof ConditionState>;

/** Something that is true until it ends, and that a person can act on. `since` is epoch ms. */
export const Condition = z.object({
  /** See `conditionIdOf`. */
  id: z.string(),
  reason: ConditionReason,
  since: z.int(),
  grave: z.boolean(),
  state: ConditionState,
});
export type Condition = z.infer<typeof Condition>;
