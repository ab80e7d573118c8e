import { request } from 'node:http';
import type { PublicAnswer } from '../../tunnel/probe.ts';
import { publicUrlSession } from '../outbound.ts';

const patienceMs = 10_000;

/**
 * GETs our own public URL as an outsider would, with the system's proxy and certificates. The header and the user agent keep
 * ngrok's page for browsers away (ERR_NGROK_6024).
 */
export const askPublicUrl = async (url: string): Promise<PublicAnswer> => {
  try {
    const response = await publicUrlSession().fetch(url, {
      headers: { 'ngrok-skip-browser-warning': '1', 'user-agent': 'Hookbell' },
      credentials: 'omit',
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    });
    await response.arrayBuffer();
    const { status, headers } = response;
    return { kind: 'answered', status, ngrokError: headers.get('ngrok-error-code') };
  } catch (error) {
    return { kind: 'unreachable', text: error instanceof Error ? error.message : 'unknown error' };
  }
};

/** Whether our own server answers on loopback within 10 s; `port` null: it does not listen. */
export const askReceiver = (port: number | null): Promise<boolean> =>
  new Promise((resolve) => {
    if (port === null) {
      resolve(false);
      return;
    }
    const asking = request(
      { host: '127.0.0.1', port, path: '/healthz', agent: false, timeout: patienceMs },
      (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    asking.on('timeout', () => asking.destroy());
    asking.on('error', () => resolve(false));
    asking.end();
  });

/** POSTs to our own public URL as a provider would. Rejects when it cannot be reached within 10 s. */
export const postToPublicUrl = async (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<{ status: number; text: string }> => {
  const response = await publicUrlSession().fetch(url, {
    method: 'POST',
    headers,
    body,
    credentials: 'omit',
    redirect: 'manual',
    signal: AbortSignal.timeout(patienceMs),
  });
  return { status: response.status, text: await response.text() };
};
