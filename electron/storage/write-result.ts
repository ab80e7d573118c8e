/** What is written to disk, as far as a person is told that it was not. */
export type Written = 'events' | 'segments' | 'marks' | 'repeats' | 'retention' | 'quarantine';

/** Called after every try to write one of these: with the error, or with null when it is on disk. */
export type OnWriteResult = (what: Written, error: unknown) => void;
