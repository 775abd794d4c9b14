import { randomBytes, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { messageIdWith, plusAddress, threadOfMail, threadOfToken, threadToken } from './thread-token.ts'

const key = Buffer.alloc(32, 7)
const other = Buffer.alloc(32, 8)
const nothing = { inReplyTo: null, references: [], recipients: [] }

describe('the token of a thread', () => {
  test('names its thread, under this key alone', () => {
    fc.assert(
      fc.property(fc.uuid(), (thread) => {
        const token = threadToken(thread, key)
        expect(token).toMatch(/^[a-z2-7]{42}$/)
        expect(threadOfToken(token, key)).toBe(thread)
        expect(threadOfToken(token.toUpperCase(), key)).toBe(thread)
        expect(threadOfToken(token, other)).toBeNull()
      }),
    )
  })

  test('is nothing when a single letter of it is another one', () => {
    const token = threadToken('0198c0de-0000-7000-8000-000000000001', key)
    for (let at = 0; at < token.length; at++)
      for (const letter of 'abcdefghijklmnopqrstuvwxyz234567'.replace(token[at]!, ''))
        expect(threadOfToken(token.slice(0, at) + letter + token.slice(at + 1), key)).toBeNull()
  })

  test('is never any other text', () => {
    fc.assert(fc.property(fc.string(), (text) => threadOfToken(text, key) === null))
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567'), { minLength: 42, maxLength: 42 }),
        (letters) => threadOfToken(letters.join(''), key) === null,
      ),
    )
  })
})

describe('the thread of a mail', () => {
  const address = 'care@example.com'
  const thread = randomUUID()
  const token = threadToken(thread, key)
  const id = messageIdWith(token, randomBytes(15), address)

  test('is found by what it answers, by what that answered, and by the address', () => {
    expect(id).toMatch(/^<[a-z2-7]{42}\.[a-z2-7]{24}@example\.com>$/)
    for (const trace of [
      { ...nothing, inReplyTo: id },
      { ...nothing, references: ['<first@elsewhere.example>', id, '<last@elsewhere.example>'] },
      { ...nothing, recipients: ['somebody@example.com', plusAddress(address, token)!] },
      { ...nothing, inReplyTo: id.toUpperCase() },
    ])
      expect(threadOfMail(trace, address, key)).toEqual({ threadId: thread, forged: false })
  })

  test('is the one of the newest that it answers', () => {
    const newer = randomUUID()
    const second = messageIdWith(threadToken(newer, key), randomBytes(15), address)
    expect(threadOfMail({ ...nothing, references: [id, second] }, address, key).threadId).toBe(newer)
    expect(threadOfMail({ ...nothing, references: [second, id] }, address, key).threadId).toBe(thread)
  })

  test('is none where the token was forged, and that is said', () => {
    const forged = messageIdWith(threadToken(thread, other), randomBytes(15), address)
    expect(threadOfMail({ ...nothing, inReplyTo: forged }, address, key)).toEqual({ threadId: null, forged: true })
    const inAddress = plusAddress(address, threadToken(thread, other))!
    expect(threadOfMail({ ...nothing, recipients: [inAddress] }, address, key)).toEqual({ threadId: null, forged: true })
  })

  test('is none, and nothing is forged, where it only speaks of mails of others, such as of another installation', () => {
    const theirs = messageIdWith(threadToken(thread, other), randomBytes(15), 'help@elsewhere.example')
    const trace = { inReplyTo: '<abc@mail.example>', references: [theirs], recipients: ['care+news@example.com'] }
    expect(threadOfMail(trace, address, key)).toEqual({ threadId: null, forged: false })
    expect(threadOfMail(nothing, address, key)).toEqual({ threadId: null, forged: false })
  })
})

test('an address that would be too long for its rules gets no token', () => {
  const token = threadToken(randomUUID(), key)
  expect(plusAddress('care@example.com', token)).toBe(`care+${token}@example.com`)
  expect(plusAddress(`${'a'.repeat(22)}@example.com`, token)).toBeNull()
})

test('a Message-ID without a thread is drawn by chance alone', () => {
  const ids = new Set(Array.from({ length: 100 }, () => messageIdWith(null, randomBytes(15), 'care@example.com')))
  expect(ids.size).toBe(100)
  for (const id of ids) expect(id).toMatch(/^<[a-z2-7]{24}@example\.com>$/)
})
