import { app } from 'electron';

export type Links = {
  /** Calls `listener` with every link, first with those that came before. To be called once. */
  readonly follow: (listener: (link: string) => void) => void;
};

/** The links that macOS opens. It passes them as events, the first perhaps before `ready`; other systems start the program with one. */
export const receiveLinks = (): Links => {
  const early: string[] = [];
  let onLink = (link: string): void => void early.push(link);
  app.on('open-url', (event, link) => {
    event.preventDefault();
    onLink(link);
  });
  return {
    follow: (listener) => {
      onLink = listener;
      for (const link of early.splice(0)) listener(link);
    },
  };
};

/** Makes an installed Hookbell open `hookbell:` links. Linux has the desktop entry of the package for that. */
export const registerForLinks = (): void => {
  if (app.isPackaged && process.platform !== 'linux') app.setAsDefaultProtocolClient('hookbell');
};
