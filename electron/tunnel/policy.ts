/** The prefix of every path that may come in: endpoints and our own probe. */
export const publicPrefix = '/hooks/';
/** The prefix of our own probe's path; a one-time token follows. */
export const probePrefix = `${publicPrefix}probe/`;

/**
 * A traffic policy under which ngrok itself answers 404 to everything outside our endpoints. Every plan includes its one rule:
 * `deny` with an expression. https://ngrok.com/docs/traffic-policy/actions/deny
 */
export const trafficPolicy: string = JSON.stringify({
  on_http_request: [
    {
      name: 'only webhooks',
      expressions: [`!req.url.path.startsWith('${publicPrefix}')`],
      actions: [{ type: 'deny', config: { status_code: 404 } }],
    },
  ],
});
