import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerSubject, isAnswering, isForwarded, plainSubject } from './subject-line.ts'

test.each([
  ['Re: Broken kettle', 'Broken kettle'],
  ['RE: re:  Broken   kettle ', 'Broken kettle'],
  ['AW: Re: Broken kettle', 'Broken kettle'],
  ['Re[2]: Broken kettle', 'Broken kettle'],
  ['Re(3)：Broken kettle', 'Broken kettle'],
  ['Fwd: Broken kettle', 'Broken kettle'],
  ['FW: WG: Broken kettle', 'Broken kettle'],
  ['回复：水壶坏了', '水壶坏了'],
  ['答复: 回复: 水壶坏了', '水壶坏了'],
  ['回覆：水壺壞了', '水壺壞了'],
  ['轉寄: 水壺壞了', '水壺壞了'],
  ['转发：Re：水壶坏了', '水壶坏了'],
  ['自动回复: 水壶坏了', '水壶坏了'],
  ['Automatic reply: Broken kettle', 'Broken kettle'],
  ['Broken\r\n kettle', 'Broken kettle'],
  ['Regarding: the kettle', 'Regarding: the kettle'],
  ['Reply to my letter', 'Reply to my letter'],
  ['回复我的信', '回复我的信'],
  ['Re:', ''],
  ['', ''],
])('%j is about %j', (subject, plain) => {
  expect(plainSubject(subject)).toBe(plain)
  expect(answerSubject(subject)).toBe(`Re: ${plain}`.trim())
})

test('what is plain stays so, and answering again changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (subject) => {
      const plain = plainSubject(subject)
      expect(plainSubject(plain)).toBe(plain)
      expect(plainSubject(answerSubject(subject))).toBe(plain)
    }),
  )
})

test('answering and forwarding are told apart', () => {
  expect(isAnswering('Re: Kettle')).toBe(true)
  expect(isAnswering('答复: 水壶')).toBe(true)
  expect(isAnswering('Fw: Kettle')).toBe(false)
  expect(isAnswering('Kettle')).toBe(false)
  expect(isForwarded('Fw: Kettle')).toBe(true)
  expect(isForwarded('轉寄：水壺')).toBe(true)
  expect(isForwarded('Re: Fw: Kettle')).toBe(false)
})
