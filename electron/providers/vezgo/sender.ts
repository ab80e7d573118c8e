import { isWithin } from '../../addresses.ts';
import { type Delivery, headerValues } from '../../delivery.ts';
import { cleaned, cutTo } from '../../text.ts';
import { type Rejected, rejected, sameBytes, sha256, type Verdict } from '../../verdict.ts';
import type { Credentials } from '../provider.ts';
import { publishedAddresses } from './address.ts';

/** Vezgo signs nothing: beside the token in the URL there is its client id, which is no secret, and where it sends from. */
export function checkSender(delivery: Delivery, credentials: Credentials): Verdict {
  const clientId = clientIdOf(delivery, credentials.clientId);
  if (typeof clientId === 'object') return clientId;

  const address = addressOf(delivery, credentials.allowedAddresses);
  if (typeof address === 'object') return address;

  return { status: 'trusted', clientId, address };
}

function clientIdOf(delivery: Delivery, wanted: string | null): 'matched' | 'not-used' | Rejected {
  if (wanted === null) return 'not-used';

  const [value, ...more] = headerValues(delivery, 'x-client-id');
  if (value === undefined) return rejected('client-id-missing');
  if (more.length > 0) return rejected('client-id-wrong', 401, 'more than one client id');
  const given = sha256(Buffer.from(value, 'latin1'));
  return sameBytes(given, sha256(wanted)) ? 'matched' : rejected('client-id-wrong');
}

/**
 * The published addresses are checked where the sender's is known for sure; elsewhere that is told, and is no reason to
 * refuse. A list of the person's own is meant: without a proxy they trust, the peer is the sender.
 */
function addressOf(
  { senderAddress, peerAddress }: Delivery,
  allowed: Credentials['allowedAddresses'],
): 'allowed' | 'unknown' | 'not-used' | Rejected {
  if (allowed !== null && allowed.length === 0) return 'not-used';
  if (allowed === null && senderAddress === null) return 'unknown';

  const sender = senderAddress ?? peerAddress;
  return isWithin(sender, allowed ?? publishedAddresses)
    ? 'allowed'
    : rejected(
        'address-not-allowed',
        403,
        `sent from ${cutTo(cleaned(sender), 45) || 'nowhere known'}`,
      );
}
