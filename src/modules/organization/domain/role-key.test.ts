import { expect, test } from 'vitest'
import { roleKey, soundAlike } from './role-key.ts'

const names = (en: string, cn = '', tw = '') => ({ en, 'zh-CN': cn, 'zh-TW': tw })

test('a role gets a short word for good: from its name in Latin letters, and none twice', () => {
  expect(roleKey(names('Front desk & bar'), new Set())).toBe('front-desk-bar')
  expect(roleKey(names('Señor Café'), new Set())).toBe('senor-cafe')
  expect(roleKey(names('', '前台', '櫃檯'), new Set())).toBe('role')
  expect(roleKey(names('前台'), new Set(['role', 'role-2']))).toBe('role-3')
  expect(roleKey(names('Agent'), new Set(['agent']))).toBe('agent-2')
  expect(roleKey(names('2nd floor'), new Set())).toBe('nd-floor')
})

test('two roles of the same name in a language sound alike; two without a name there do not', () => {
  expect(soundAlike(names('Desk', '前台'), names('desk', '柜台'))).toBe(true)
  expect(soundAlike(names('Desk'), names('Bar'))).toBe(false)
})
