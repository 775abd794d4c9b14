import { expect, test } from 'vitest'
import { passwordProblem, randomPassword } from './credentials.ts'
import { senderBehind } from './sender.ts'

const direct = senderBehind([])
const proxied = senderBehind(['10.0.0.0/8', '::1', 'fd00::/8'])

test.each([
  ['without a trusted proxy only the socket counts', direct, '203.0.113.7', '1.2.3.4', '203.0.113.7'],
  ['a proxy that is not trusted is the sender', proxied, '203.0.113.7', '1.2.3.4', '203.0.113.7'],
  ['a trusted proxy says who it saw', proxied, '10.1.1.1', '1.2.3.4', '1.2.3.4'],
  ['the nearest that is no proxy counts', proxied, '10.1.1.1', '6.6.6.6, 1.2.3.4, 10.9.9.9', '1.2.3.4'],
  ['IPv4 in its IPv6 dress', proxied, '::ffff:10.1.1.1', '::ffff:1.2.3.4', '1.2.3.4'],
  ['an address with its port', proxied, '10.1.1.1', '1.2.3.4:55512', '1.2.3.4'],
  ['an IPv6 address in brackets with its port', proxied, '::1', '[2001:db8:1:2:3::9]:443', '2001:db8:1:2::/64'],
  ['nonsense in the header leaves the proxy as the sender', proxied, '10.1.1.1', 'unknown', '10.1.1.1'],
  ['nonsense before a good address is not reached', proxied, '10.1.1.1', 'nonsense, 1.2.3.4', '1.2.3.4'],
  ['no header behind a proxy', proxied, '10.1.1.1', null, '10.1.1.1'],
  ['a network of the new address form is one sender', direct, '2001:db8:0:2::1', null, '2001:db8:0:2::/64'],
  ['a short one too', direct, '2001:db8::1', null, '2001:db8:0:0::/64'],
  ['no socket', direct, undefined, '1.2.3.4', 'unknown'],
] as const)('%s', (_what, senderOf, socket, forwarded, sender) => expect(senderOf({ socket, forwarded })).toBe(sender))

test.each([
  ['short', [], 'password-too-short'],
  ['x'.repeat(129), [], 'password-too-long'],
  ['aaaaaaaaaaaa', [], 'password-too-simple'],
  ['abababababab', [], 'password-too-simple'],
  ['1234567890', [], 'password-too-simple'],
  ['9876543210', [], 'password-too-simple'],
  ['Password123', [], 'password-too-simple'],
  ['ada@example.com', ['ada@example.com'], 'password-too-simple'],
  ['Lovelace1815', ['Ada', 'Lovelace'], 'password-too-simple'],
  ['seven green otters swim', ['Ada'], null],
  ['七只绿色的水獭在河里游泳', [], null],
] as const)('the password %s is judged', (password, about, problem) => expect(passwordProblem(password, about)).toBe(problem))

test('a made password is one that would be taken, and never the same', () => {
  const made = Array.from({ length: 50 }, randomPassword)
  expect(new Set(made).size).toBe(50)
  for (const password of made) expect(passwordProblem(password, [])).toBeNull()
})
