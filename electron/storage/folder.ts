/** A file that only grows at its end. */
export type Appender = {
  /** Settles once every byte is on the disk, past its caches (fdatasync). Rejects with the system's error. */
  append(bytes: Uint8Array): Promise<void>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
};

/** A small JSON file written whole and atomically: electron-store in the app. */
export type JsonStore = {
  /** Undefined when there is no file. Throws when there is one that cannot be read. */
  read(): unknown;
  /** On disk when it returns; throws the system's error. */
  write(value: Record<string, unknown>): void;
  /** Moves the file out of the way, under another name where a person may look at it; throws the system's error. */
  setAside(): void;
};

/** The folder a log lives in. Names are plain file names of our own making, never text from outside. */
export type Folder = {
  /** Nothing in it can be changed: every attempt throws or rejects with `WrittenByNewer` (H17). */
  readonly writtenByNewer: boolean;
  list(): Promise<string[]>;
  /** Null when there is no such file. */
  read(name: string): Promise<Uint8Array | null>;
  /** In bytes; null where there is no such file, or the system does not tell. One call for all: a start asks for hundreds. */
  sizes(names: readonly string[]): (number | null)[];
  openAppender(name: string): Promise<Appender>;
  rename(from: string, to: string): Promise<void>;
  /** Fine when there is no such file. */
  remove(name: string): Promise<void>;
  /** Makes created, renamed and removed names survive a power cut. */
  sync(): Promise<void>;
  store(name: string): JsonStore;
};
