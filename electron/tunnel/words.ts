import type { Reason, ReasonCode, Words } from '../../shared/pipe.ts';

const dashboardToken = 'dashboard.ngrok.com/get-started/your-authtoken';
const dashboardDomains = 'dashboard.ngrok.com/domains';
const itself = 'Hookbell keeps trying; there is nothing to do.';

/** A router may not lead its own public address back in. */
const provenByDelivery =
  'Some routers do not let a computer reach its own public address; then the first delivery proves that it works.';

/** The one home for the words: a code without words does not compile. */
const words: Readonly<Record<ReasonCode, Words>> = {
  'token-missing': {
    title: 'ngrok needs an authtoken',
    remedy: `Copy yours from ${dashboardToken} and paste it in Settings.`,
  },
  'token-malformed': {
    title: 'This is not an ngrok authtoken',
    remedy: `It may have been cut off, or be an API key. Copy the authtoken from ${dashboardToken} and paste it in Settings.`,
  },
  'token-outdated': {
    title: 'The authtoken is of an old kind that ngrok no longer takes',
    remedy: `Copy the current one from ${dashboardToken} and paste it in Settings.`,
  },
  'token-refused': {
    title: 'ngrok refused the authtoken',
    remedy: `It was reset or revoked. Copy the current one from ${dashboardToken} and paste it in Settings.`,
  },
  'token-scope': {
    title: 'The authtoken may not open a tunnel',
    remedy: `Its access rules do not allow this. Change them, or paste another authtoken from ${dashboardToken} in Settings.`,
  },
  'token-locked': {
    title: 'The ngrok authtoken cannot be unlocked',
    remedy: 'Unlock the keyring; Hookbell notices by itself.',
  },
  'token-for-another-server': {
    title: 'The ngrok authtoken was entered for another server',
    remedy: 'Server address or CA changed since. Paste the authtoken again to send it there.',
  },
  'account-unpaid': {
    title: 'The last payment for the ngrok account failed',
    remedy: 'Settle it at dashboard.ngrok.com/billing, then choose Try again.',
  },
  'account-unverified': {
    title: 'The e-mail address of the ngrok account is not verified',
    remedy:
      'Verify it at dashboard.ngrok.com/user/settings, or have the account’s admin do so, then choose Try again.',
  },
  'account-suspended': {
    title: 'ngrok has suspended the account',
    remedy: 'Only ngrok can lift this: write to support@ngrok.com. Then choose Try again.',
  },
  'address-blocked': {
    title: 'ngrok takes no connections from this network',
    remedy: 'It blocks some countries, Tor and some VPNs. Use another network.',
  },
  'too-many-sessions': {
    title: 'The ngrok account has too many connections open',
    remedy:
      'Close another ngrok program, here or on another computer; dashboard.ngrok.com/agents lists them. Hookbell keeps trying.',
  },
  'too-many-attempts': {
    title: 'ngrok asks to connect less often',
    remedy: `Another program with the same account may be reconnecting all the time. ${itself}`,
  },
  'too-many-endpoints': {
    title: 'The ngrok account has too many endpoints online',
    remedy: 'Stop another one; dashboard.ngrok.com/endpoints lists them. Hookbell keeps trying.',
  },
  'app-outdated': {
    title: 'ngrok no longer takes this version of Hookbell',
    remedy: 'Install the newest Hookbell.',
  },
  'domain-missing': {
    title: 'The ngrok account has no domain yet',
    remedy: `Get the free one at ${dashboardDomains}, then choose Try again.`,
  },
  'domain-invalid': {
    title: 'The domain has a character that no domain has',
    remedy: `Enter the bare name in Settings, such as name.ngrok-free.app, without https:// and without a path.`,
  },
  'domain-not-in-plan': {
    title: 'The ngrok plan does not include this domain',
    remedy: `Leave the domain empty in Settings to use the free one of the account, which never changes; ${dashboardDomains} shows it.`,
  },
  'domain-not-reserved': {
    title: 'The domain is not set up in the ngrok account',
    remedy: `Add it at ${dashboardDomains}, or leave the domain empty in Settings to use the free one.`,
  },
  'domain-of-another': {
    title: 'The domain belongs to another ngrok account',
    remedy: `Check the spelling, or use the authtoken of that account. ${dashboardDomains} lists yours.`,
  },
  'domain-in-other-region': {
    title: 'The domain is set up in another region of ngrok',
    remedy: `Set it up again at ${dashboardDomains}, or leave the domain empty in Settings.`,
  },
  'domain-already-online': {
    title: 'The domain is already in use by another connection',
    remedy:
      'If ngrok or Hookbell runs on another computer with this account, stop it there. If not, ngrok is still holding our last connection and will let go. Hookbell keeps trying.',
  },
  'policy-refused': {
    title: 'ngrok did not take the rule that keeps strangers out at its edge',
    remedy:
      'Hookbell receives without it and does all its own checks. The rule can be switched off in Settings.',
  },
  unreachable: {
    title: 'ngrok cannot be reached',
    remedy:
      'The computer may be offline, or a firewall may block connect.ngrok-agent.com, port 443. ngrok needs a direct way out: where the network has only a proxy, choose a public URL of your own. Hookbell keeps trying.',
  },
  'not-trusted': {
    title: 'The connection to ngrok is not trusted',
    remedy:
      'A proxy, a virus scanner or a login page of the network reads the connection. Let connect.ngrok-agent.com pass unread, or use another network. With an ingress of your own, check its certificate file in Settings.',
  },
  'setup-unreadable': {
    title: 'The server address or certificate file for ngrok cannot be used',
    remedy: 'Check both in Settings; without an ingress of your own, leave them empty.',
  },
  'no-answer': { title: 'ngrok does not answer', remedy: itself },
  interrupted: { title: 'The connection to ngrok broke', remedy: itself },
  refused: {
    title: 'ngrok refused the connection',
    remedy: 'Its code is explained at ngrok.com/docs/errors. Hookbell keeps trying.',
  },
  disconnected: {
    title: 'The connection to ngrok broke',
    remedy: 'It is being made again.',
  },
  silent: {
    title: 'ngrok has gone quiet',
    remedy: 'The connection is made anew if it stays so.',
  },
  'agent-ended': { title: 'The tunnel process ended and is being started again', remedy: itself },
  'agent-silent': {
    title: 'The tunnel process hung and is being started again',
    remedy: itself,
  },
  'stopped-remotely': {
    title: 'The endpoint was stopped from outside',
    remedy:
      'Somebody pressed Stop in ngrok’s dashboard. Hookbell connects again; to stay offline, choose Local only in Settings.',
  },
  'endpoint-offline': {
    title: 'ngrok says that nothing is online at this address',
    remedy: itself,
  },
  'receiver-unreachable': {
    title: 'ngrok reached this computer, but Hookbell did not answer',
    remedy: itself,
  },
  'rate-limited': {
    title: 'Too many requests in a minute for the ngrok plan',
    remedy: 'ngrok turns some deliveries away. It passes by itself within a minute.',
  },
  'quota-used-up': {
    title: 'The ngrok plan is used up for this month',
    remedy:
      'Nothing gets through until the first of next month, or until the plan is raised at dashboard.ngrok.com/billing.',
  },
  'blocked-at-edge': {
    title: 'A rule of the ngrok account turns requests away',
    remedy: 'Look at the traffic policy of the endpoint at dashboard.ngrok.com/endpoints.',
  },
  'receiver-silent': {
    title: 'Hookbell’s own server does not answer',
    remedy: 'It is started anew by itself.',
  },
  'tunnel-not-through': {
    title: 'The tunnel does not reach this computer',
    remedy: 'It is tried again by itself.',
  },
  'public-url-unreachable': {
    title: 'The public URL cannot be reached from here',
    remedy: 'Is this computer online?',
  },
  'public-url-elsewhere': {
    title: 'Something else answers at the public URL',
    remedy: 'Does it lead to this computer’s Hookbell?',
  },
  'own-url-unreachable': {
    title: 'The public URL cannot be reached from here',
    remedy: `Is this computer online? ${provenByDelivery}`,
  },
  'own-url-elsewhere': {
    title: 'Something else answers at the public URL',
    remedy: `Does it lead to this computer’s Hookbell? ${provenByDelivery}`,
  },
  'still-connecting': {
    title: 'The public way in does not open',
    remedy: 'Providers cannot reach this computer. Hookbell goes on trying.',
  },
  'port-taken': {
    title: 'The receiver cannot listen',
    remedy: 'Another program has its port. It is tried again until the port is free.',
  },
  'events-refused': {
    title: 'The last event could not be kept',
    remedy: 'The disk refused it. Hookbell keeps trying.',
  },
};

/** What happened, and what the person can do next. `ngrok`: its own code, which its pages explain. */
export const tunnelProblemWords = (code: ReasonCode, ngrok: string | null = null): Reason => {
  const { title, remedy } = words[code];
  return { code, title: ngrok === null ? title : `${title} (${ngrok})`, remedy };
};
