import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  courseOf,
  ownProblem,
  problemIn,
  TunnelProblemCode,
} from '../../electron/tunnel/problem.ts';
import { explainTunnel } from '../../electron/tunnel/words.ts';

const said = (code: number) => problemIn({ code: `ERR_NGROK_${code}`, text: '' });

test.each([
  ['stop', [102, 105, 106, 107, 123, 337, 338, 4018, 15014]],
  ['stop', [313, 314, 319, 320, 322, 326, 15002, 15013]],
  ['wait', [334, 6025]],
  ['make-room', [108, 324, 348]],
  ['slowly', [120, 121, 349, 9040]],
  ['without-policy', [2200, 2201, 2299, 4026]],
  ['again', [1, 3200, 8012, 99_999]],
] as const)('%s is the course after %j', (course, codes) => {
  expect(codes.map((code) => courseOf(said(code)))).toEqual(codes.map(() => course));
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

test('every failure is some problem, and every problem has words and a course', () => {
  fc.assert(
    fc.property(fc.option(fc.string()), fc.string(), (code, text) => {
      const problem = problemIn({ code, text });
      expect(TunnelProblemCode.safeParse(problem.code).success).toBe(true);
      expect(courseOf(problem)).not.toBe('');
      expect(explainTunnel(problem).title).not.toBe('');
    }),
  );
});

describe('the words', () => {
  test.each(TunnelProblemCode.options)('for %s say what happened and what to do', (code) => {
    const { title, remedy } = explainTunnel(ownProblem(code));
    expect(title).toMatch(/^[A-Za-z].{10,79}$/);
    expect(title).not.toMatch(/[.!]$/);
    expect(remedy).toMatch(/^(ngrok|[A-Z]).{10,}\.$/);
  });

  test('name ngrok’s own code, which its pages explain', () => {
    expect(explainTunnel(said(107)).title).toBe('ngrok refused the authtoken (ERR_NGROK_107)');
  });
});
