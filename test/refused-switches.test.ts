import { describe, expect, test } from 'vitest';
import { refusedSwitches, refusedSwitchesWords } from '../electron/refused-switches.ts';

describe('an installed app refuses switches that open it to other programs (E12)', () => {
  test.each([
    '--remote-debugging-port=9222',
    '--remote-debugging-pipe',
    '--remote-debugging-address=0.0.0.0',
    '--inspect',
    '--inspect=0',
    '--inspect-brk=127.0.0.1:9229',
    '--inspect-port=1',
    '--inspect-wait',
    '--no-sandbox',
    '--disable-web-security',
    '--disable-setuid-sandbox',
    '--no-zygote',
    '--single-process',
    '--ignore-certificate-errors',
    '--renderer-cmd-prefix=gdb --args',
    '-remote-debugging-port=9222',
    '/Remote-Debugging-Port=9222',
    '--NO-SANDBOX',
  ])('%s', (argument) => {
    const [typed = ''] = argument.split('=');
    expect(refusedSwitches(['hookbell', argument, '--hidden'])).toEqual([typed]);
  });

  test('our own switches and harmless ones of Chromium are accepted', () => {
    const harmless = [
      ...['--hidden', '--quit', '--provision', '/home/ana/no-sandbox', '--simulate', 'inspect'],
      ...['--user-data-dir=/tmp/--no-sandbox', '--ozone-platform=wayland', '--force-dark-mode'],
      ...['--proxy-server=127.0.0.1:3128', '--inspector', '--no-sandboxes', '--', '--no-sandbox'],
    ];
    expect(refusedSwitches(harmless)).toEqual([]);
  });

  test('all refused switches are reported, without their values', () => {
    const words = refusedSwitchesWords(refusedSwitches(['--inspect=secret', '--no-sandbox']));
    expect(words).toContain('--inspect, --no-sandbox');
    expect(words).not.toContain('secret');
  });
});
