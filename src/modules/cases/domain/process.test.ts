import { describe, expect, test } from 'vitest'
import { type Process, processProblems, type Step } from './process.ts'
import { shippedOf, shippedProcesses } from './shipped.ts'
import { kinds } from './taxonomy.ts'

const step = (key: string, to: string, more: Partial<Step> = {}): Step => ({
  key,
  names: {},
  actor: 'handler',
  needs: [{ need: 'answer', when: null }],
  ways: [{ to, when: null }],
  back: [],
  pauses: false,
  minutes: null,
  resolves: true,
  ...more,
})
const first = (to: string, more: Partial<Step> = {}) => step('first', to, { needs: [{ need: 'recorded', when: null }], ...more })
const reasons = (steps: readonly Step[], kind: Process['kind'] = 'request') =>
  processProblems({ kind, steps }).map(({ step: at, reason }) => `${at} ${reason}`)

describe('processes', () => {
  test('what ships has no problem, and there is one for each kind', () => {
    for (const process of shippedProcesses) expect([process.key, processProblems(process)]).toEqual([process.key, []])
    expect(kinds.map((kind) => shippedOf(kind).kind)).toEqual([...kinds])
  })

  test('a complaint has the eight steps in their order', () =>
    expect(shippedOf('complaint').steps.map(({ key }) => key)).toEqual([
      'record',
      'validity',
      'department',
      'cause',
      'remedy',
      'approval',
      'execution',
      'review',
    ]))

  test.each([
    ['no steps', [], 'null no-steps'],
    ['a key that is none', [first('Two'), step('Two', 'end')], 'Two bad-key'],
    ['the same key twice', [first('second'), step('second', 'end'), step('second', 'end')], 'second twice'],
    ['a way to nowhere', [first('third')], 'first unknown-way'],
    ['a step without a way', [first('end', { ways: [] })], 'first no-way'],
    ['a last way with a condition', [first('end', { ways: [{ to: 'end', when: 'adopted' }] })], 'first no-last-way'],
    ['a step that needs nothing', [first('second'), step('second', 'end', { needs: [] })], 'second nothing-needed'],
    ['a way back that leads ahead', [first('second', { back: ['second'] }), step('second', 'end')], 'first back-ahead'],
    ['a step that nothing leads to', [first('end'), step('second', 'end')], 'second unreachable'],
    ['a circle', [first('second'), step('second', 'first')], 'first way-without-end'],
    ['no record first', [step('second', 'end')], 'second not-recorded-first'],
    ['nothing that settles the matter', [first('end', { resolves: false })], 'null unresolved'],
    [
      'an approval by whoever handles',
      [first('second'), step('second', 'end', { needs: [{ need: 'approval', when: null }] })],
      'second approval-by-handler',
    ],
  ])('%s is refused', (_what, steps, problem) => expect(reasons(steps)).toContain(problem))

  test('a complaint is never carried out past the approval, whatever administrators change', () => {
    const { steps } = shippedOf('complaint')
    const past = steps.map((one) =>
      one.key === 'remedy' ? { ...one, ways: [{ to: 'execution', when: 'costs-money' as const }, ...one.ways] } : one,
    )
    expect(reasons(past, 'complaint')).toEqual(['execution never-approved'])
    const without = steps
      .filter(({ key }) => key !== 'approval')
      .map((one) => (one.key === 'remedy' ? { ...one, ways: [{ to: 'execution', when: null }] } : one))
    expect(reasons(without, 'complaint')).toEqual(['execution never-approved'])
  })

  const changed = (kind: 'complaint' | 'claim', key: string, change: (one: Step) => Partial<Step>) =>
    reasons(
      shippedOf(kind).steps.map((one) => (one.key === key ? { ...one, ...change(one) } : one)),
      kind,
    )
  const needing = (...needed: readonly [need: Step['needs'][number]['need'], when?: Step['needs'][number]['when']][]): Partial<Step> => ({
    needs: needed.map(([need, when = null]) => ({ need, when })),
  })

  test('an approval that nobody will ever ask for is none; one of what costs something is', () => {
    expect(changed('complaint', 'approval', () => needing(['approval', 'adopted'], ['lesson']))).toEqual(['execution never-approved'])
    expect(changed('complaint', 'approval', () => needing(['approval', 'costs-money'], ['lesson']))).toEqual([])
  })
  test('nor is anything given that is only called otherwise, nor paid by a claim', () => {
    const past = { ways: [{ to: 'execution', when: null }] }
    const steps = shippedOf('complaint').steps.filter(({ key }) => key !== 'approval')
    const called = steps.map((one) =>
      one.key === 'remedy'
        ? { ...one, ...past }
        : one.key === 'execution'
          ? { ...one, ...needing(['fulfilment'], ['customer-told']) }
          : one,
    )
    expect(reasons(called, 'complaint')).toEqual(['execution never-approved'])
    const claim = shippedOf('claim').steps.filter(({ key }) => key !== 'approve')
    const paid = claim.map((one) =>
      one.key === 'assess'
        ? {
            ...one,
            ways: [
              { to: 'end', when: 'not-established' as const },
              { to: 'pay', when: null },
            ],
          }
        : one,
    )
    expect(reasons(paid, 'claim')).toEqual(['pay never-approved'])
  })
  test('a complaint ends judged, and turned down only by two', () => {
    expect(changed('complaint', 'validity', () => needing(['acknowledged']))).toContain('null never-judged')
    expect(changed('complaint', 'validity', () => needing(['judged'], ['reply', 'not-established']))).toEqual(['null never-read-again'])
    // Also where the second reader stands in a step of their own, to which only what is turned down goes.
    const { steps } = shippedOf('complaint')
    const apart = steps.flatMap((one) =>
      one.key === 'validity'
        ? [
            {
              ...one,
              ...needing(['judged']),
              ways: [
                { to: 'turned-down', when: 'not-established' as const },
                { to: 'department', when: null },
              ],
            },
            { ...one, ...needing(['second-reading', 'not-established'], ['reply']), key: 'turned-down', ways: [{ to: 'end', when: null }] },
          ]
        : [one],
    )
    expect(reasons(apart, 'complaint')).toEqual([])
  })
  test('a rejected proposal has somewhere to go', () =>
    expect(changed('complaint', 'approval', () => ({ back: ['cause'] }))).toEqual(['approval rejected-nowhere']))
})
