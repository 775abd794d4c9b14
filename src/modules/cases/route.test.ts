import { expect, test } from 'vitest'
import { withRoute } from './actions/route.ts'

const route = 'Ask us again.\n\nYou can also turn to:\n\n• Board\nhttps://board.example.org\n\n• Court'

test.each([
  ['Sorry', `Sorry\n\n${route}`],
  [`Sorry\n\n${route}`, `Sorry\n\n${route}`],
  ['Turn to: • Board\nhttps://board.example.org\n\n• Court\n', 'Turn to: • Board\nhttps://board.example.org\n\n• Court\n\nAsk us again.'],
  ['Turn to: • Court', 'Turn to: • Court\n\nAsk us again.\n\nYou can also turn to:\n\n• Board\nhttps://board.example.org'],
])('an answer says once where else to turn: %j', (text, whole) => {
  expect(withRoute(text, route)).toBe(whole)
})

test('an answer without it stays as it is', () => {
  for (const nothing of [null, undefined, '', ' \n ']) expect(withRoute('Sorry', nothing)).toBe('Sorry')
})
