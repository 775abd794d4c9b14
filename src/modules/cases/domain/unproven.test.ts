import { expect, test } from 'vitest'
import type { CaseEvent } from './event.ts'
import { asOfAnybody } from './unproven.ts'

const at = new Date('2026-01-01T00:00:00Z')
const gold = { policyId: 'gold', version: 3, tier: 'gold', priority: 1 }
const plain = { policyId: 'baseline', version: 1, tier: null, priority: 5 }
const log = [
  { seq: 1, kind: 'opened', data: { policy: gold, repeatOf: 'another', record: { severity: 3 } }, at, by: 'anyone' },
  { seq: 2, kind: 'changed', data: { changes: { severity: 2, category: 'freight' } }, at, by: 'system' },
  { seq: 3, kind: 'policy-applied', data: { policy: gold }, at, by: 'system' },
  { seq: 4, kind: 'message', data: { direction: 'in' }, at, by: 'anyone' },
] as unknown as readonly CaseEvent[]

test('a case as anybody’s tells neither the tier of its customer nor that they complained before', () => {
  const [opened, changed, ...rest] = asOfAnybody(log, plain)
  expect(opened!.data).toEqual({ policy: plain, repeatOf: null, record: { severity: 3 } })
  expect(changed!.data).toEqual({ changes: { category: 'freight' } })
  expect(rest).toEqual([log[3]])
})
