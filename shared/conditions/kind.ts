import type { ConditionCode, ReasonOf } from '../condition.ts';
import type { Page } from '../ipc.ts';
import type { PlaceOutside } from '../place-outside.ts';

/** What is wrong, and what to do or to know about it. */
export type ConditionWords = { title: string; advice: string };

/** The name of a source; something readable where the source is gone. */
export type NameOf = (sourceId: string) => string;

/** What a person does about a condition. `verb` stands on the button. */
export type Remedy =
  | { does: 'open-page'; verb: string; page: Page }
  | { does: 'open-entry'; verb: string; seq: number }
  /** Opens a form of one source. */
  | { does: 'open-source'; verb: string; sourceId: string; form: 'edit' | 'replace' }
  | { does: 'accept-host'; verb: string; host: string }
  | { does: 'raise-share'; verb: string; sourceId: string }
  | { does: 'retry-tunnel'; verb: string }
  | { does: 'restart-to-update'; verb: string }
  /** Opens a place outside, with its host on the button; where there is none, there is no button. */
  | { does: 'open-place'; place: PlaceOutside }
  /** Nothing in the app helps. `why` stands in place of a button. */
  | { does: 'nothing'; why: string };

/** For a report that leaves the computer: it names no person, host or account. */
export type ReportTools = {
  readonly scrub: (text: string) => string;
  readonly sourceNamed: (id: string) => string;
  /** Writes an instant, epoch ms. */
  readonly dateTime: (at: number) => string;
};

export type NotifiesItself<R> = {
  readonly as: 'run.stuck' | 'silence';
  /** The title of its end; null where the event that ends it tells that. `lasted`: for how long, in words. */
  readonly over: ((reason: R, nameOf: NameOf, lasted: string) => string) | null;
};

/** Everything that follows from the code of a condition. */
export type ConditionKind<R> = {
  /** Tells conditions of this kind apart. Empty where there is one at most. */
  readonly identity: (reason: R) => string;
  readonly words: (reason: R, nameOf: NameOf) => ConditionWords;
  /** The main one first; an alternative may follow. */
  readonly remedies: (reason: R) => readonly [Remedy, Remedy?];
  /** Whether something is to be done about it. What is only to be known is listed, and not counted. */
  readonly asks: 'to-do' | 'to-know';
  /** Something is lost, or will be, until somebody acts. */
  readonly isGrave: (reason: R) => boolean;
  /** What notifies its beginning and its end: nothing, the part that causes it, at a moment of its own, or the condition itself. */
  readonly notifies: 'not' | 'its-cause' | NotifiesItself<R>;
  /** Other news where this differs: an acknowledged condition is open again. */
  readonly news: (reason: R) => string;
  /** A condition that is snoozed until it fails again is open again where this rose. */
  readonly times: (reason: R) => number;
  /** It is over once the person has read it, and not by itself. */
  readonly staysUntilRead: (reason: R) => boolean;
  /**
   * `not`: each start finds it again. `until-read`: it happened once, and a start after the person has read it does not know it any more.
   * `until-over`: a start does not find it, but it may happen again.
   */
  readonly isKept: 'not' | 'until-read' | 'until-over';
  /** What the diagnostics report says. A field that is not named here stays out of it. */
  readonly facts: (reason: R, tools: ReportTools) => readonly string[];
  /** Words that say who the person is, and what the report and its log have in their place. */
  readonly privateWords: (reason: R) => readonly (readonly [string, string])[];
};

/** A kind of each code. A code without one does not compile. */
export type ConditionKinds = { readonly [C in ConditionCode]: ConditionKind<ReasonOf<C>> };
