import type { Settled } from '../shared/ipc.ts';
import type { Mistake, Problem } from '../shared/problem.ts';
import { totalOf } from '../shared/rejections.ts';
import { type Explanation, page, told } from './explanation.ts';
import { rejectionRun } from './rejection-words.ts';
import { finalWords, lossWords } from './settings/loss-words.ts';
import { count, list, sentence } from './words.ts';

/** No default case, so that a problem nobody has worded does not compile. */
export function explain(problem: Problem, nameOf: (sourceId: string) => string): Explanation {
  switch (problem.code) {
    case 'port-taken':
      if (problem.fixed)
        return told(
          `Port ${problem.port} is in use by another program`,
          'Nothing can arrive. End that program or change the port in the provisioning file, then restart Hookbell.',
          { action: page('Open Health', 'health') },
        );
      return problem.instead === null
        ? told(
            `Port ${problem.port} and those after it are in use by other programs`,
            'Nothing can arrive. End one of those programs; Hookbell tries again until a port is free.',
            { action: page('Open Health', 'health') },
          )
        : told(
            `Port ${problem.port} was in use`,
            `Hookbell listens on ${problem.instead} instead. Where a proxy or a portal names ${problem.port}, change it there.`,
            { action: page('See the port', 'health'), readable: true },
          );
    case 'provisioning':
      return told(
        `The provisioning file has ${count(problem.mistakes.length, 'mistake')}`,
        `${mistakesOf(problem.mistakes)}Nothing was changed. Correct the file and restart Hookbell.`,
        { readable: true },
      );
    case 'keyring-missing':
      return problem.stored
        ? told(
            'Secrets are kept without a keyring',
            'They are in a file that only your user account can read. A system keyring would encrypt them.',
            { readable: true },
          )
        : told(
            'This computer has no keyring',
            'A secret would be kept in a file that only your user account can read.',
          );
    case 'keyring-closed':
      return problem.why === 'locked'
        ? told(
            'The keyring is locked',
            'What it protects cannot be read yet. Unlock it; Hookbell notices by itself.',
          )
        : told(
            'The keyring does not answer',
            'What it protects cannot be read yet. Hookbell asks again by itself. If it stays so, log out and in again.',
          );
    case 'secrets-unreadable':
      return told(
        `${count(problem.sourceIds.length, 'source')} cannot be unlocked: ${problem.sourceIds.map(nameOf).join(', ')}`,
        'Their deliveries are answered 503 until the keyring is unlocked. Unlock it, or set their secrets again.',
        { action: page('Open Sources', 'sources') },
      );
    case 'secret-missing':
      return told(
        `${list(problem.sourceIds.map(nameOf))} ${problem.sourceIds.length === 1 ? 'needs its' : 'need their'} secret`,
        'A file of settings holds none. Paste it from the portal.',
        { action: page('Open Sources', 'sources') },
      );
    case 'settings-restored':
      return problem.from === 'backup'
        ? told(
            'The settings were damaged',
            'The last good copy is in use. Check that your sources are as you left them.',
            { action: page('Check sources', 'sources'), readable: true },
          )
        : told(
            'The settings were lost, and there is no good copy',
            'Hookbell starts with the defaults. Set up your sources again, or restore a settings file. Until you dismiss this, deliveries to unknown URLs are answered 503, so that their senders try again.',
            { action: page('Open Sources', 'sources'), readable: true },
          );
    case 'secrets-restored':
      return problem.from === 'backup'
        ? told(
            'The secrets were damaged',
            'The last good copy is in use. Check that your sources accept what they should.',
            { action: page('Check sources', 'sources'), readable: true },
          )
        : told(
            'The secrets were damaged and had no good copy',
            'Deliveries are answered 503 until they are there again. Set the secrets of your sources again.',
            { action: page('Open Sources', 'sources'), readable: true },
          );
    case 'settings-newer':
      return told(
        'A newer Hookbell wrote the settings',
        'They are used as far as this version understands them, and cannot be changed. Install that version again.',
        { action: page('See the version', 'settings') },
      );
    case 'settings-unreadable':
      return told(
        'The system does not let Hookbell read its settings',
        `The last good copy is used where there is one, and nothing can be changed. Make the file readable and restart Hookbell. ${withStop(problem.message)}`,
      );
    case 'history-damaged':
      return told(
        'A part of the history is damaged',
        `${withStop(problem.what)} Everything else is as it was, and new events are kept.`,
        { readable: true },
      );
    case 'history-newer':
      return told(
        'A newer Hookbell wrote this history',
        'What it wrote is shown as far as this version understands it, and never changed. Install that version again.',
        { action: page('See the version', 'settings') },
      );
    case 'disk':
      return problem.refused === 'events'
        ? told(
            'The last event could not be kept',
            `Its provider was told to send it again. ${withStop(problem.message)}`,
            { action: page('Open Health', 'health'), since: problem.since },
          )
        : told(
            'Some changes are not saved yet',
            `Events are kept, what is saved beside them is tried again. ${withStop(problem.message)}`,
            { action: page('Open Health', 'health'), since: problem.since },
          );
    case 'folder-unsynced':
      return told(
        'This disk does not promise to keep new files through a power cut',
        `Events are kept as ever. After a power cut the newest may be missing. Move Hookbell’s folder to a local disk if that matters. ${withStop(problem.message)}`,
        { readable: true },
      );
    case 'log-unwritable':
      return told(
        'The log cannot be written',
        `Everything else works. ${withStop(sentence(problem.message))} Make room for it, then restart Hookbell.`,
        { readable: true },
      );
    case 'profile-taken':
      return told(
        'Another Hookbell uses this profile now',
        `It runs on the computer ${problem.host} (process ${problem.pid}). This one keeps nothing any more and refuses deliveries. Quit one of the two, then restart the other.`,
      );
    case 'notifications-not-arriving':
      return told(
        'Notifications do not arrive',
        `${notArriving[problem.why]} Everything is in the timeline. This closes when a notification is shown.`,
        { action: page('Send a test', 'simulator'), since: problem.since },
      );
    case 'deliveries-rejected':
      return explainRejections(problem, nameOf);
    case 'no-way-in':
      return told(problem.why.title, problem.why.remedy, {
        action: problem.waits ? page('Open Settings', 'settings') : page('Open Health', 'health'),
        since: problem.since,
      });
    case 'share-used-up':
      return told(
        `${nameOf(problem.sourceId)} has used up its share of the history`,
        `No signature proves what it sends, so that it may not push out what others sent: ${count(problem.entries, 'event')} are kept, and more is refused. If you do not expect so many, somebody else may know its URL.`,
        {
          action: page('Replace the URL', 'sources'),
          instead: { verb: 'Let it have more', does: 'raise-share', sourceId: problem.sourceId },
          since: problem.since,
        },
      );
    case 'old-url-in-use':
      return problem.stopped
        ? told(
            `The old URL of ${nameOf(problem.sourceId)} has stopped working`,
            'Its portal posted there and nothing has come to the new URL, so nothing arrives. Paste the new URL into the portal.',
            { action: page('Copy the new URL', 'sources') },
          )
        : told(
            `${nameOf(problem.sourceId)} still posts to the old URL`,
            'Paste the new URL into the portal before the old one stops.',
            { action: page('Copy the new URL', 'sources') },
          );
    case 'account-failing':
      return told(
        problem.title,
        `${problem.account} on ${nameOf(problem.sourceId)}${problem.simulated ? ', as the simulator plays it' : ''}`,
        {
          action: { verb: 'See why', does: 'open', opening: { what: 'entry', seq: problem.seq } },
          since: problem.since,
          readable: problem.simulated,
        },
      );
    case 'other-host':
      return told(
        `Deliveries for ${nameOf(problem.sourceId)} come to the name ${problem.host}`,
        'Hookbell refuses them, because any web page can make up a name for this computer. Accept it only if it is the name of your own proxy or tunnel.',
        {
          action: { verb: 'Accept this name', does: 'accept-host', host: problem.host },
          since: problem.since,
          readable: true,
        },
      );
    case 'receiver-crowded':
      return told(
        'More comes to Hookbell at once than it takes',
        'A program holds many connections open, or somebody floods a URL. The oldest idle connections are closed, so deliveries still get in. If it goes on, replace the URL it uses.',
        { action: page('See what comes', 'health'), since: problem.since },
      );
    case 'more-accounts-failing':
      return told(
        `${count(problem.accounts, 'more account')} on ${nameOf(problem.sourceId)} cannot sync`,
        'Only those that failed last are listed here. The timeline has them all.',
        { action: page('See the timeline', 'timeline') },
      );
    case 'url-changed':
      return told(
        'Some portals need a new URL',
        `Paste it into the portal of ${list(problem.sourceIds.map(nameOf))}. This closes when a delivery arrives there.`,
        { action: page('Copy the new URLs', 'sources') },
      );
    case 'gone':
      return told(
        `${sentence(problem.what)} is not there any more`,
        'Someone or something removed it.',
      );
    case 'not-saved':
      return told('It could not be saved', `Nothing was changed. ${withStop(problem.message)}`);
    case 'events-would-go':
      return told(`${lossWords(problem)} would be removed`, finalWords(problem));
    case 'invalid':
      return told(problem.message, 'Change it and try again.');
  }
}

const notArriving: Record<Extract<Problem, { code: 'notifications-not-arriving' }>['why'], string> =
  {
    'no-service':
      'This computer has no notification service. Start the one of your desktop, or install one.',
    'no-answer': 'The notification service of your desktop does not answer. Restart it.',
    refused: 'The system refuses them. Allow notifications for Hookbell in the system settings.',
  };

/** Why a change was not kept, in words; null when it was. */
export async function whyNot(change: Promise<Settled>): Promise<string | null> {
  try {
    const outcome = await change;
    if (outcome.status === 'done') return null;
    const { title, remedy } = explain(outcome.problem, () => 'this source');
    return `${withStop(title)} ${remedy}`;
  } catch (error) {
    console.error(error);
    return 'It could not be saved. Try again.';
  }
}

const withStop = (words: string): string => words.replace(/\.?$/, '.');

const mostMistakes = 3;

function mistakesOf(mistakes: readonly Mistake[]): string {
  const named = mistakes.slice(0, mostMistakes).map(({ path, message }) => {
    const where = path === '' || path === '(file)' ? 'The file' : path;
    return `${where} ${withStop(message)} `;
  });
  const more = mistakes.length - named.length;
  return `${named.join('')}${more > 0 ? `${more} more ${more === 1 ? 'is' : 'are'} named on stderr. ` : ''}`;
}

function explainRejections(
  { reasons, sourceId, since, unprovenRelay }: Extract<Problem, { code: 'deliveries-rejected' }>,
  nameOf: (sourceId: string) => string,
): Explanation {
  const { why, remedy, isMendable } = rejectionRun(reasons, unprovenRelay);
  const deliveries = count(totalOf(reasons), 'delivery', 'deliveries');
  return told(`${deliveries} for ${nameOf(sourceId)} rejected: ${why}`, remedy, {
    action: isMendable ? page('Change the source', 'sources') : page('See what came', 'health'),
    since,
  });
}
