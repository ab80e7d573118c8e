/** Where all that may come in begins: endpoints and our own probe. */
export const publicPrefix = '/hooks/';
/** Where our own probe goes, with a word of its own each time. */
export const probePrefix = `${publicPrefix}probe/`;

/**
 * A traffic policy under which ngrok itself answers 404 to everything outside our endpoints. Only what every plan includes:
 * one rule, `deny` with an expression. https://ngrok.com/docs/traffic-policy/actions/deny
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
