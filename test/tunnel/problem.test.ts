import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { problemIn } from '../../electron/tunnel/problem.ts';
import { retryRuleOf } from '../../electron/tunnel/retry.ts';
import { tunnelProblemWords } from '../../electron/tunnel/words.ts';
import { ReasonCode } from '../../shared/pipe.ts';

const problemOf = (code: number) => problemIn({ code: `ERR_NGROK_${code}`, text: '' });

test.each([
  ['never', [102, 105, 106, 107, 123, 337, 338, 4018, 15014]],
  ['never', [313, 314, 319, 320, 322, 326, 15002, 15013]],
  ['stale', [334, 6025]],
  ['full', [108, 324, 348]],
  ['slow', [120, 121, 349, 9040]],
  ['without-policy', [2200, 2201, 2299, 4026]],
  ['usual', [1, 3200, 8012, 99_999]],
] as const)('%s is the retry rule after %j', (rule, codes) => {
  expect(codes.map((code) => retryRuleOf(problemOf(code)))).toEqual(codes.map(() => rule));
});

test.each([
  ['failed to connect session: failed to establish tcp connection', 'unreachable'],
  ['failed to connect session: tls handshake error', 'not-trusted'],
  ['No such file or directory (os error 2)', 'setup-unreadable'],
  ['invalid server address: host:99999', 'setup-unreadable'],
  ['failed to open muxado stream', 'interrupted'],
  ['transport error', 'interrupted'],
  ['', 'interrupted'],
])('where ngrok gives no code, "%s" means %s', (text, code) => {
  expect(problemIn({ code: null, text })).toEqual({ code, ngrok: null });
});

test('every failure is some problem, and every problem has words and a retry rule', () => {
  fc.assert(
    fc.property(fc.option(fc.string()), fc.string(), (code, text) => {
      const problem = problemIn({ code, text });
      expect(ReasonCode.safeParse(problem.code).success).toBe(true);
      expect(retryRuleOf(problem)).not.toBe('');
      expect(tunnelProblemWords(problem.code, problem.ngrok).title).not.toBe('');
    }),
  );
});

describe('the words', () => {
  test.each(ReasonCode.options)('for %s say what happened and what to do', (code) => {
    const { title, remedy } = tunnelProblemWords(code);
    expect(title).toMatch(/^[A-Za-z].{10,79}$/);
    expect(title).not.toMatch(/[.!]$/);
    expect(remedy).toMatch(/^(ngrok|[A-Z]).{10,}[.?]$/);
  });

  test('name ngrok’s own code, which its pages explain', () => {
    expect(tunnelProblemWords('token-refused', 'ERR_NGROK_107').title).toBe(
      'ngrok refused the authtoken (ERR_NGROK_107)',
    );
  });
});
