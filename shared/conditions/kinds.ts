import { count, list, sentence, withStop } from '../english.ts';
import type { Mistake } from '../mistake.ts';
import { rejectionRun } from '../rejection-words.ts';
import { totalOf } from '../rejections.ts';
import { lengthWords, usualWords } from '../time-words.ts';
import { readyWords } from '../update-words.ts';
import type { ConditionKinds, Remedy, ReportTools } from './kind.ts';

const always = () => true;
const never = () => false;
/** There is one at most, or it is never other news. */
const same = () => '';
/** It does not fail again before it is over. */
const once = () => 0;
const nothing = () => [];
const goTo = (verb: string, page: Extract<Remedy, { does: 'open-page' }>['page']): Remedy => ({
  does: 'open-page',
  verb,
  page,
});
const openThere = (sourceId: string, accountId: string | null): Remedy => ({
  does: 'open-place',
  place: { at: 'account', sourceId, accountId },
});
const noRemedy = (why: string): [Remedy] => [{ does: 'nothing', why }];
const ofSource = ({ sourceId }: { readonly sourceId: string }) => sourceId;
const whichSources = ({ sourceIds }: { readonly sourceIds: readonly string[] }) =>
  [...sourceIds].sort().join(' ');

/** The form of the source, or the page where there are several. */
const openSources = (verb: string, sourceIds: readonly string[]): [Remedy] => {
  const [first, ...others] = sourceIds;
  return first === undefined || others.length > 0
    ? [goTo('Open Sources', 'sources')]
    : [{ does: 'open-source', verb, sourceId: first, form: 'edit' }];
};

type Since = { readonly since: number };
const since = ({ since: at }: Since, { dateTime }: ReportTools) => `since ${dateTime(at)}`;
const theSources = (
  { sourceIds }: { readonly sourceIds: readonly string[] },
  { sourceNamed }: ReportTools,
) => sourceIds.map(sourceNamed);
const ofSystem = ({ message }: { readonly message: string }, { scrub }: ReportTools) => [
  scrub(message),
];

const stuckStages = {
  transfers: 'matching transfers',
  gains: 'working out gains and losses',
} as const;

const sentences = (...texts: readonly string[]): string => texts.map(withStop).join(' ');

/** What most kinds have alike. Words, remedies, gravity, news and facts have no default: the compiler asks each kind for its own. */
const usual = {
  asks: 'to-do',
  notifies: 'not',
  times: once,
  staysUntilRead: never,
  isKept: 'not',
  privateWords: nothing,
} as const;

/** Every kind of condition: what tells it apart, its words, its remedy, and how it behaves. The one place where a kind is added. */
export const kinds: ConditionKinds = {
  'port-taken': {
    ...usual,
    identity: same,
    words: ({ port, fixed, instead }) => {
      if (fixed)
        return {
          title: `Port ${port} is in use by another program`,
          advice:
            'Nothing can arrive. End that program or change the port in the provisioning file, then restart Hookbell.',
        };
      return instead === null
        ? {
            title: `Port ${port} and those after it are in use by other programs`,
            advice:
              'Nothing can arrive. End one of those programs; Hookbell tries again until a port is free.',
          }
        : {
            title: `Port ${port} was in use`,
            advice: `Hookbell listens on ${instead} instead. Where a proxy or a portal names ${port}, change it there.`,
          };
    },
    remedies: ({ instead }) => [goTo(instead === null ? 'Open Health' : 'See the port', 'health')],
    isGrave: ({ instead }) => instead === null,
    news: ({ port, instead }) => `${port} ${instead}`,
    staysUntilRead: ({ instead }) => instead !== null,
    facts: ({ port, fixed, instead }) => [
      `port ${port}`,
      fixed ? 'fixed' : 'the usual one',
      instead === null ? 'not listening' : `listening on ${instead}`,
    ],
  },

  provisioning: {
    ...usual,
    identity: same,
    words: ({ mistakes }) => ({
      title: `The provisioning file has ${count(mistakes.length, 'mistake')}`,
      advice: `${mistakesOf(mistakes)}Nothing was changed. Correct the file and restart Hookbell.`,
    }),
    remedies: () => noRemedy('It is corrected in the file.'),
    isGrave: never,
    news: ({ mistakes }) => mistakes.map(({ path, message }) => `${path} ${message}`).join('\n'),
    staysUntilRead: always,
    facts: ({ mistakes }) => [`${mistakes.length} mistakes`],
  },

  'keyring-missing': {
    ...usual,
    asks: 'to-know',
    identity: same,
    words: ({ stored }) =>
      stored
        ? {
            title: 'Secrets are kept without a keyring',
            advice:
              'They are in a file that only your user account can read. A system keyring would encrypt them.',
          }
        : {
            title: 'This computer has no keyring',
            advice: 'A secret would be kept in a file that only your user account can read.',
          },
    remedies: () => noRemedy('A keyring is installed in the system.'),
    isGrave: never,
    news: same,
    staysUntilRead: always,
    facts: ({ stored }) => [stored ? 'secrets are in a file' : 'nothing is stored'],
  },

  'keyring-closed': {
    ...usual,
    identity: same,
    words: ({ why }) =>
      why === 'locked'
        ? {
            title: 'The keyring is locked',
            advice: 'What it protects cannot be read yet. Unlock it; Hookbell notices by itself.',
          }
        : {
            title: 'The keyring does not answer',
            advice:
              'What it protects cannot be read yet. Hookbell asks again by itself. If it stays so, log out and in again.',
          },
    remedies: () => noRemedy('It is unlocked in the system.'),
    isGrave: always,
    news: ({ why }) => why,
    facts: ({ why }) => [why],
  },

  'secrets-unreadable': {
    ...usual,
    identity: same,
    words: ({ sourceIds }, nameOf) => ({
      title: `${count(sourceIds.length, 'source')} cannot be unlocked: ${sourceIds.map(nameOf).join(', ')}`,
      advice:
        'Their deliveries are answered 503 until the keyring is unlocked. Unlock it, or set their secrets again.',
    }),
    remedies: ({ sourceIds }) => openSources('Set the secret', sourceIds),
    isGrave: always,
    news: whichSources,
    facts: theSources,
  },

  'secret-missing': {
    ...usual,
    identity: same,
    words: ({ sourceIds }, nameOf) => ({
      title: `${list(sourceIds.map(nameOf))} ${sourceIds.length === 1 ? 'needs its' : 'need their'} secret`,
      advice: 'A file of settings holds none. Paste it from the portal.',
    }),
    remedies: ({ sourceIds }) => openSources('Set the secret', sourceIds),
    isGrave: always,
    news: whichSources,
    facts: theSources,
  },

  'settings-restored': {
    ...usual,
    identity: same,
    words: ({ from }) =>
      from === 'backup'
        ? {
            title: 'The settings were damaged',
            advice: 'The last good copy is in use. Check that your sources are as you left them.',
          }
        : {
            title: 'The settings were lost, and there is no good copy',
            advice:
              'Hookbell starts with the defaults. Set up your sources again, or restore a settings file. Until you dismiss this, deliveries to unknown URLs are answered 503, so that their senders try again.',
          },
    remedies: ({ from }) => [goTo(from === 'backup' ? 'Check sources' : 'Open Sources', 'sources')],
    isGrave: ({ from }) => from === 'defaults',
    news: ({ from }) => from,
    staysUntilRead: always,
    isKept: 'until-read',
    facts: ({ from }) => [`from ${from}`],
  },

  'secrets-restored': {
    ...usual,
    identity: same,
    words: ({ from }) =>
      from === 'backup'
        ? {
            title: 'The secrets were damaged',
            advice:
              'The last good copy is in use. Check that your sources accept what they should.',
          }
        : {
            title: 'The secrets were damaged and had no good copy',
            advice:
              'Deliveries are answered 503 until they are there again. Set the secrets of your sources again.',
          },
    remedies: ({ from }) => [goTo(from === 'backup' ? 'Check sources' : 'Open Sources', 'sources')],
    isGrave: ({ from }) => from === 'nothing',
    news: ({ from }) => from,
    staysUntilRead: always,
    isKept: 'until-read',
    facts: ({ from }) => [`from ${from}`],
  },

  'settings-newer': {
    ...usual,
    identity: same,
    words: () => ({
      title: 'A newer Hookbell wrote the settings',
      advice:
        'They are used as far as this version understands them, and cannot be changed. Install that version again.',
    }),
    remedies: () => [goTo('See the version', 'settings')],
    isGrave: never,
    news: same,
    facts: nothing,
  },

  'settings-unreadable': {
    ...usual,
    identity: same,
    words: ({ message }) => ({
      title: 'The system does not let Hookbell read its settings',
      advice: `The last good copy is used where there is one, and nothing can be changed. Make the file readable and restart Hookbell. ${withStop(message)}`,
    }),
    remedies: () => noRemedy('The file is made readable in the system.'),
    isGrave: always,
    news: ({ message }) => message,
    facts: ofSystem,
  },

  'history-damaged': {
    ...usual,
    identity: ({ what }) => what,
    words: ({ what }) => ({
      title: 'A part of the history is damaged',
      advice: `${withStop(what)} Everything else is as it was, and new events are kept.`,
    }),
    remedies: () => [goTo('See what is missing', 'health')],
    isGrave: always,
    news: same,
    staysUntilRead: always,
    isKept: 'until-read',
    facts: ({ what }, { scrub }) => [scrub(what)],
  },

  'history-newer': {
    ...usual,
    identity: same,
    words: () => ({
      title: 'A newer Hookbell wrote this history',
      advice:
        'What it wrote is shown as far as this version understands it, and never changed. Install that version again.',
    }),
    remedies: () => [goTo('See the version', 'settings')],
    isGrave: always,
    news: same,
    facts: nothing,
  },

  disk: {
    ...usual,
    identity: same,
    words: ({ refused, message }) =>
      refused === 'events'
        ? {
            title: 'The last event could not be kept',
            advice: `Its provider was told to send it again. ${withStop(message)}`,
          }
        : {
            title: 'Some changes are not saved yet',
            advice: `Events are kept, what is saved beside them is tried again. ${withStop(message)}`,
          },
    remedies: () => [goTo('Open Health', 'health')],
    isGrave: ({ refused }) => refused === 'events',
    notifies: 'its-cause',
    news: ({ refused, message }) => `${refused} ${message}`,
    facts: (reason, tools) => [
      `refused ${reason.refused}`,
      since(reason, tools),
      ...ofSystem(reason, tools),
    ],
  },

  'folder-unsynced': {
    ...usual,
    identity: same,
    words: ({ message }) => ({
      title: 'This disk does not promise to keep new files through a power cut',
      advice: `Events are kept as ever. After a power cut the newest may be missing. Move Hookbell’s folder to a local disk if that matters. ${withStop(message)}`,
    }),
    remedies: () => noRemedy('The folder is moved in the system.'),
    isGrave: never,
    news: same,
    staysUntilRead: always,
    facts: ofSystem,
  },

  'log-unwritable': {
    ...usual,
    identity: same,
    words: ({ message }) => ({
      title: 'The log cannot be written',
      advice: `Everything else works. ${withStop(sentence(message))} Make room for it, then restart Hookbell.`,
    }),
    remedies: () => noRemedy('Room is made for it in the system.'),
    isGrave: never,
    news: ({ message }) => message,
    staysUntilRead: always,
    facts: ofSystem,
  },

  'profile-taken': {
    ...usual,
    identity: same,
    words: ({ host, pid }) => ({
      title: 'Another Hookbell uses this profile now',
      advice: `It runs on the computer ${host} (process ${pid}). This one keeps nothing any more and refuses deliveries. Quit one of the two, then restart the other.`,
    }),
    remedies: () => noRemedy('One of the two has to be quit.'),
    isGrave: always,
    news: ({ host, pid }) => `${host} ${pid}`,
    facts: nothing,
    privateWords: ({ host }) => [[host, '<computer>']],
  },

  'notifications-not-arriving': {
    ...usual,
    identity: same,
    words: ({ why }) => ({
      title: 'Notifications do not arrive',
      advice: `${notArriving[why]} Everything is in the timeline. This closes when a notification is shown.`,
    }),
    remedies: () => [goTo('Test notifications', 'notifications')],
    isGrave: always,
    news: ({ why }) => why,
    isKept: 'until-over',
    facts: (reason, tools) => [reason.why, since(reason, tools)],
  },

  'deliveries-rejected': {
    ...usual,
    identity: ofSource,
    words: ({ reasons, sourceId, unprovenRelay }, nameOf) => {
      const { why, remedy } = rejectionRun(reasons, unprovenRelay);
      const deliveries = count(totalOf(reasons), 'delivery', 'deliveries');
      return { title: `${deliveries} for ${nameOf(sourceId)} rejected: ${why}`, advice: remedy };
    },
    remedies: ({ reasons, sourceId, unprovenRelay }) =>
      rejectionRun(reasons, unprovenRelay).isMendable
        ? [
            { does: 'open-source', verb: 'Change the source', sourceId, form: 'edit' },
            goTo('See what came', 'health'),
          ]
        : [goTo('See what came', 'health')],
    isGrave: always,
    notifies: 'its-cause',
    // Another reason is other news, and so is another run of rejections.
    news: (reason) =>
      `${reason.since} ${reason.reasons
        .map((one) => one.reason)
        .sort()
        .join(' ')}`,
    times: ({ reasons }) => totalOf(reasons),
    facts: (reason, tools) => [
      tools.sourceNamed(reason.sourceId),
      since(reason, tools),
      ...reason.reasons.map(({ reason: why, times }) => `${times} × ${why}`),
      ...(reason.unprovenRelay ? ['through a relay that nothing proves'] : []),
    ],
  },

  'share-used-up': {
    ...usual,
    identity: ofSource,
    words: ({ sourceId, entries }, nameOf) => ({
      title: `${nameOf(sourceId)} has used up its share of the history`,
      advice: `No signature proves what it sends, so that it may not push out what others sent: ${count(entries, 'event')} are kept, and more is refused. If you do not expect so many, somebody else may know its URL.`,
    }),
    remedies: ({ sourceId }) => [
      { does: 'open-source', verb: 'Replace the URL', sourceId, form: 'replace' },
      { does: 'raise-share', verb: 'Let it have more', sourceId },
    ],
    isGrave: always,
    news: same,
    facts: (reason, tools) => [
      tools.sourceNamed(reason.sourceId),
      `${reason.entries} entries`,
      since(reason, tools),
    ],
  },

  'public-url-down': {
    ...usual,
    identity: same,
    words: ({ why }) => ({ title: why.title, advice: why.remedy }),
    remedies: ({ waits }) =>
      waits
        ? [goTo('Open Settings', 'settings')]
        : [{ does: 'retry-tunnel', verb: 'Try now' }, goTo('Open Health', 'health')],
    isGrave: always,
    notifies: 'its-cause',
    news: ({ waits, why }) => `${waits} ${why.title}`,
    facts: (reason, tools) => [
      since(reason, tools),
      reason.waits ? 'waits for the person' : 'heals by itself',
    ],
  },

  'old-url-in-use': {
    ...usual,
    identity: ofSource,
    words: ({ sourceId, stopped }, nameOf) =>
      stopped
        ? {
            title: `The old URL of ${nameOf(sourceId)} has stopped working`,
            advice:
              'Its portal posted there and nothing has come to the new URL, so nothing arrives. Paste the new URL into the portal.',
          }
        : {
            title: `${nameOf(sourceId)} still posts to the old URL`,
            advice: 'Paste the new URL into the portal before the old one stops.',
          },
    remedies: () => [goTo('Copy the new URL', 'sources')],
    isGrave: ({ stopped }) => stopped,
    news: ({ stopped, until }) => `${stopped} ${until}`,
    facts: ({ sourceId, until, stopped }, { sourceNamed, dateTime }) => [
      sourceNamed(sourceId),
      `${stopped ? 'stopped' : 'works until'} ${dateTime(until)}`,
    ],
  },

  'account-failing': {
    ...usual,
    identity: ({ sourceId, accountId, simulated }) =>
      `${simulated ? 'simulated' : 'real'} ${sourceId} ${accountId}`,
    words: ({ title, summary, account, sourceId, simulated }, nameOf) => ({
      title,
      advice: `${summary === '' ? '' : `${withStop(summary)} `}${account} on ${nameOf(sourceId)}${simulated ? ', as the simulator plays it' : ''}`,
    }),
    remedies: ({ seq, sourceId, accountId, simulated }) => {
      const seeWhy: Remedy = { does: 'open-entry', verb: 'See why', seq };
      return simulated ? [seeWhy] : [seeWhy, openThere(sourceId, accountId)];
    },
    isGrave: ({ simulated }) => !simulated,
    notifies: 'its-cause',
    news: ({ seq, title }) => `${seq} ${title}`,
    times: ({ failures }) => failures,
    staysUntilRead: ({ simulated }) => simulated,
    facts: (reason, tools) => [
      tools.sourceNamed(reason.sourceId),
      since(reason, tools),
      ...(reason.simulated ? ['simulated'] : []),
    ],
    privateWords: ({ account, title, summary }) => [
      [account, '<account>'],
      [title, '<title>'],
      ...(summary === '' ? [] : [[summary, '<reason>'] as const]),
    ],
  },

  'run-stuck': {
    ...usual,
    identity: ({ sourceId, userId, simulated }) =>
      `${simulated ? 'simulated' : 'real'} ${sourceId} ${userId}`,
    words: ({ stage, user, sourceId, simulated, usualMs, endMayBeMissed }, nameOf) => ({
      title: `${nameOf(sourceId)} has not finished ${stuckStages[stage]}${user === null ? '' : ` for ${user}`}`,
      advice: sentences(
        usualMs === null
          ? 'It is the first one, so there is no usual time'
          : `It usually takes ${lengthWords(usualMs)}`,
        endMayBeMissed
          ? 'Its end may have been missed while Hookbell was out of reach'
          : `Look in ${nameOf(sourceId)} whether it still runs`,
        ...(simulated ? ['The simulator plays it'] : []),
      ),
    }),
    remedies: ({ seq, sourceId, simulated }) => [
      goTo('Open Runs', 'runs'),
      simulated ? { does: 'open-entry', verb: 'See its start', seq } : openThere(sourceId, null),
    ],
    isGrave: ({ simulated, endMayBeMissed }) => !simulated && !endMayBeMissed,
    notifies: { as: 'run.stuck', over: null },
    news: ({ seq }) => `${seq}`,
    facts: (reason, tools) => [
      tools.sourceNamed(reason.sourceId),
      since(reason, tools),
      ...(reason.simulated ? ['simulated'] : []),
    ],
    privateWords: ({ user, userId }) => [
      ...(user === null ? [] : [[user, '<user>'] as const]),
      ...(userId === '' ? [] : [[userId, '<user id>'] as const]),
    ],
  },

  'source-silent': {
    ...usual,
    identity: ({ sourceId, account }) => `${sourceId} ${account?.id ?? ''}`.trimEnd(),
    words: ({ sourceId, account, usualMs, causes }, nameOf) => ({
      title: `Nothing from ${account === null ? nameOf(sourceId) : `${account.name} on ${nameOf(sourceId)}`}; it came ${usualWords(usualMs)} before`,
      advice: `What may have happened: ${causes.join(' ')}`,
    }),
    remedies: ({ sourceId }) => [goTo('Open Sources', 'sources'), openThere(sourceId, null)],
    isGrave: never,
    notifies: {
      as: 'silence',
      over: ({ sourceId, account }, nameOf, lasted) =>
        `${account?.name ?? nameOf(sourceId)} sends again, after ${lasted}`,
    },
    news: ({ since: at }) => `${at}`,
    facts: (reason, tools) => [
      tools.sourceNamed(reason.sourceId),
      since(reason, tools),
      ...(reason.account === null ? [] : ['an account']),
    ],
    privateWords: ({ account }) => (account === null ? [] : [[account.name, '<account>']]),
  },

  'more-accounts-failing': {
    ...usual,
    identity: ofSource,
    words: ({ accounts, sourceId }, nameOf) => ({
      title: `${count(accounts, 'more account')} on ${nameOf(sourceId)} cannot sync`,
      advice: 'Only those that failed last are listed here. The timeline has them all.',
    }),
    remedies: () => [goTo('See the timeline', 'timeline')],
    isGrave: always,
    // Ten times as many are other news.
    news: ({ accounts }) => `${String(accounts).length}`,
    times: ({ accounts }) => accounts,
    facts: ({ sourceId, accounts }, { sourceNamed }) => [
      sourceNamed(sourceId),
      `${accounts} accounts`,
    ],
  },

  'other-host': {
    ...usual,
    identity: ({ host }) => host,
    words: ({ host, sourceId }, nameOf) => ({
      title: `Deliveries for ${nameOf(sourceId)} come to the name ${host}`,
      advice:
        'Hookbell refuses them, because any web page can make up a name for this computer. Accept it only if it is the name of your own proxy or tunnel.',
    }),
    remedies: ({ host }) => [{ does: 'accept-host', verb: 'Accept this name', host }],
    isGrave: never,
    news: ofSource,
    staysUntilRead: always,
    isKept: 'until-over',
    facts: (reason, tools) => [tools.sourceNamed(reason.sourceId), since(reason, tools)],
  },

  'receiver-crowded': {
    ...usual,
    identity: same,
    words: () => ({
      title: 'More comes to Hookbell at once than it takes',
      advice:
        'A program holds many connections open, or somebody floods a URL. The oldest idle connections are closed, so deliveries still get in. If it goes on, replace the URL it uses.',
    }),
    remedies: () => [goTo('See what comes', 'health')],
    isGrave: never,
    news: same,
    facts: (reason, tools) => [since(reason, tools)],
  },

  'url-changed': {
    ...usual,
    identity: same,
    words: ({ sourceIds }, nameOf) => ({
      title: 'Some portals need a new URL',
      advice: `Paste it into the portal of ${list(sourceIds.map(nameOf))}. This closes when a delivery arrives there.`,
    }),
    remedies: () => [goTo('Copy the new URLs', 'sources')],
    isGrave: always,
    news: whichSources,
    facts: theSources,
  },

  'update-ready': {
    ...usual,
    identity: same,
    words: (update) => {
      const { title, remedy } = readyWords(update);
      return { title, advice: remedy };
    },
    remedies: ({ version }) =>
      version === null
        ? noRemedy('Hookbell is quit and started again.')
        : [{ does: 'restart-to-update', verb: 'Restart' }],
    isGrave: never,
    news: ({ version, how, isMissed }) => `${version} ${how} ${isMissed}`,
    facts: ({ version, how, isOlder, isMissed }) => [
      `${version ?? 'another version'} is ${how}`,
      ...(isOlder ? ['older'] : []),
      ...(isMissed ? ['the last restart did not bring it'] : []),
    ],
  },
};

const notArriving = {
  'no-service':
    'This computer has no notification service. Start the one of your desktop, or install one.',
  'no-answer': 'The notification service of your desktop does not answer. Restart it.',
  refused: 'The system refuses them. Allow notifications for Hookbell in the system settings.',
} as const;

const namedAtMost = 3;

function mistakesOf(mistakes: readonly Mistake[]): string {
  const named = mistakes
    .slice(0, namedAtMost)
    .map(({ path, message }) => `${path ?? 'The file'} ${withStop(message)} `);
  const more = mistakes.length - named.length;
  return `${named.join('')}${more > 0 ? `${more} more ${more === 1 ? 'is' : 'are'} named on stderr. ` : ''}`;
}
