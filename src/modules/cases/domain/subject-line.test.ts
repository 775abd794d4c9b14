import { expect, test } from 'vitest'
import { subjectOf } from './subject-line.ts'

test.each([
  ['The lid leaks. It always did.\nPlease help', 'The lid leaks. It always did.'],
  ['\n  \n  盖子漏水 \n请帮忙', '盖子漏水'],
  ['😀'.repeat(81), `${'😀'.repeat(79)}…`],
  ['x'.repeat(80), 'x'.repeat(80)],
  ['', ''],
])('%j is called %j', (text, subject) => expect(subjectOf(text)).toBe(subject))
