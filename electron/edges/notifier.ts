import { Notification } from 'electron';
import type { Opening } from '../../shared/ipc.ts';
import type { NotificationButton } from '../notifications/button.ts';
import type { Notifier } from '../notifications/notifier.ts';
import { cutTo } from '../text.ts';

const mostKept = 200;
const keptMs = 24 * 60 * 60 * 1000;
const answerMs = 3000;

export type ElectronNotifierOptions = {
  /** The person clicked a notification. */
  readonly onClick: (opening: Opening) => void;
  /** The person pressed a button of a notification. macOS alone shows buttons. */
  readonly onPress: (button: NotificationButton) => void;
};

/**
 * The notifications of macOS and Windows. Not for Linux, where Electron blocks this process until the service answers (N4). A shown one
 * cannot be changed there without appearing again, so `refresh` is left out.
 */
export const electronNotifier = ({ onClick, onPress }: ElectronNotifierOptions): Notifier => {
  // A garbage-collected notification loses its click (electron issue 16922).
  const kept = new Map<string, Notification>();

  const keep = (id: string, notification: Notification): void => {
    kept.get(id)?.close();
    kept.set(id, notification);
    for (const [oldest] of kept) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
    setTimeout(() => forget(id, notification), keptMs).unref();
  };

  const forget = (id: string, notification: Notification): void => {
    if (kept.get(id) === notification) kept.delete(id);
  };

  return {
    show: ({ id, replaces, title, body, silent, urgency, opening, buttons = [] }) =>
      new Promise((resolve) => {
        if (!Notification.isSupported()) {
          resolve({ status: 'not-shown', why: 'no-service' });
          return;
        }
        const notification = new Notification({
          title: cutTo(title, 80),
          body: cutTo(body, 240),
          silent,
          urgency,
          actions: buttons.map(({ label }) => ({ type: 'button', text: label })),
        });
        if (replaces !== undefined) kept.get(replaces)?.close();
        keep(id, notification);
        notification.once('show', () => resolve({ status: 'shown' }));
        notification.once('failed', () => {
          forget(id, notification);
          resolve({ status: 'not-shown', why: 'refused' });
        });
        notification.once('close', () => forget(id, notification));
        notification.once('click', () => {
          forget(id, notification);
          onClick(opening);
        });
        notification.on('action', (_event, at) => {
          const button = buttons[at];
          if (button) onPress(button.press);
        });
        setTimeout(() => resolve({ status: 'not-shown', why: 'no-answer' }), answerMs).unref();
        notification.show();
      }),
    withdraw: (id) => kept.get(id)?.close(),
  };
};
