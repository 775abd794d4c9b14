import { expect, test } from 'vitest'
import { answerEnd } from './answers.ts'

const withLength = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd')
const chunked = Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n')

test.each([withLength, chunked])('an answer ends where its last byte is, not before', (answer) => {
  for (let length = 0; length < answer.length; length++) expect(answerEnd(answer.subarray(0, length))).toBe(-1)
  expect(answerEnd(answer)).toBe(answer.length)
  expect(answerEnd(Buffer.concat([answer, Buffer.from('HTTP')]))).toBe(answer.length)
})
