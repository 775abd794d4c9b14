import type { Condition, Need, Process, Step, StepActor, StepNeed, Way } from './process.ts'
import type { Kind } from './taxonomy.ts'

/** A step in one line: what it needs, with a condition behind a colon; where it leads, likewise. */
function step(
  key: string,
  actor: StepActor,
  needed: readonly (Need | `${Need}:${Condition}`)[],
  ways: readonly (string | `${string}:${Condition}`)[],
  more: Partial<Pick<Step, 'back' | 'pauses' | 'minutes' | 'resolves'>> = {},
): Step {
  const split = (text: string) => text.split(':') as [string, Condition | undefined]
  return {
    key,
    names: {},
    actor,
    needs: needed.map(split).map(([need, when = null]): StepNeed => ({ need: need as Need, when })),
    ways: ways.map(split).map(([to, when = null]): Way => ({ to, when })),
    back: more.back ?? [],
    pauses: more.pauses ?? false,
    minutes: more.minutes ?? null,
    resolves: more.resolves ?? false,
  }
}

/** The process of cases that the company raises by itself. */
export const recoveryKey = 'recovery'

/** Processes beside that of their kind: a case runs by one only where it is asked for by its key. */
export const besideKinds: readonly string[] = [recoveryKey]

const process = (key: string, kind: Kind, steps: readonly Step[]): Process => ({ key, version: 1, kind, names: {}, steps })

/**
 * The processes that the product ships. The complaint's eight steps follow the usual Chinese textbook order (record, judge, department, cause, proposal, instruction, execution, evaluation), with what ISO 10002:2018 asks
 * of each: acknowledgement, admissibility apart from finding, a second reader for what is turned down, and proof that the cause is gone.
 */
export const shippedProcesses: readonly Process[] = [
  process('complaint', 'complaint', [
    step('record', 'handler', ['recorded', 'acknowledged'], ['validity'], { pauses: true }),
    step(
      'validity',
      'handler',
      ['judged', 'second-reading:not-established', 'reply:not-established'],
      ['end:not-established', 'department'],
      { pauses: true, resolves: false },
    ),
    step('department', 'handler', ['department'], ['cause']),
    step('cause', 'department', ['cause', 'responsible'], ['remedy'], { back: ['department'], pauses: true }),
    step('remedy', 'department', ['remedy'], ['approval'], { back: ['cause'] }),
    step('approval', 'approver', ['approval'], ['execution'], { back: ['cause', 'remedy'] }),
    step('execution', 'handler', ['execution', 'customer-told', 'customer-asked', 'penalty-considered', 'loss-considered'], ['review'], {
      back: ['remedy'],
      pauses: true,
      resolves: true,
    }),
    step('review', 'handler', ['lesson', 'effectiveness'], ['end'], { back: ['cause', 'remedy', 'execution'] }),
  ]),
  process('suggestion', 'suggestion', [
    step('submit', 'handler', ['recorded', 'acknowledged'], ['evaluate']),
    step('evaluate', 'department', ['evaluation'], ['decide'], { pauses: true }),
    step('decide', 'handler', ['decision', 'answer'], ['reward:adopted', 'end'], { back: ['evaluate'], resolves: true }),
    step('reward', 'handler', ['reward'], ['publish']),
    step('publish', 'handler', ['publication'], ['end']),
  ]),
  process('enquiry', 'enquiry', [step('answer', 'handler', ['recorded', 'answer'], ['end'], { pauses: true, resolves: true })]),
  process('claim', 'claim', [
    step('submit', 'handler', ['recorded', 'acknowledged'], ['assess'], { pauses: true }),
    step(
      'assess',
      'department',
      ['judged', 'remedy:established', 'reply:not-established', 'second-reading:not-established'],
      ['end:not-established', 'approve'],
      { back: ['submit'], pauses: true },
    ),
    step('approve', 'approver', ['approval'], ['pay'], { back: ['assess'] }),
    step('pay', 'handler', ['payment', 'customer-told'], ['end'], { resolves: true }),
  ]),
  process('repair', 'repair', [
    step('record', 'handler', ['recorded', 'acknowledged'], ['appoint'], { pauses: true }),
    step('appoint', 'handler', ['appointment'], ['repair'], { pauses: true }),
    step('repair', 'department', ['fulfilment'], ['confirm'], { back: ['appoint'], pauses: true, resolves: true }),
    step('confirm', 'handler', ['customer-asked'], ['end'], { back: ['repair'] }),
  ]),
  process('custom-request', 'custom-request', [
    step('record', 'handler', ['recorded', 'acknowledged'], ['quote'], { pauses: true }),
    step('quote', 'department', ['quote'], ['offer']),
    step('offer', 'handler', ['quote-answer'], ['end:quote-refused', 'fulfil'], { back: ['quote'], pauses: true }),
    step('fulfil', 'department', ['fulfilment'], ['confirm'], { back: ['quote'], pauses: true, resolves: true }),
    step('confirm', 'handler', ['customer-asked'], ['end'], { back: ['fulfil'] }),
  ]),
  // Whoever bought elsewhere is helped all the same, and of what they bring back its maker is asked for the value.
  process('goodwill', 'goodwill', [
    step('record', 'handler', ['recorded'], ['help'], { pauses: true }),
    step('help', 'handler', ['answer'], ['reclaim:goods-returned', 'end'], { pauses: true, resolves: true }),
    step('reclaim', 'handler', ['supplier-claim'], ['end'], { back: ['help'], pauses: true }),
  ]),
  process('request', 'request', [step('handle', 'handler', ['recorded', 'answer'], ['end'], { pauses: true, resolves: true })]),
  // What the company found before the customer did (L-07): they are told first, then it is made up for, then they are asked.
  process(recoveryKey, 'request', [
    step('tell', 'handler', ['recorded', 'customer-told'], ['recover'], { pauses: true }),
    step('recover', 'handler', ['execution'], ['confirm'], { back: ['tell'], pauses: true, resolves: true }),
    step('confirm', 'handler', ['customer-asked'], ['end'], { back: ['recover'], pauses: true }),
  ]),
]

/** The process that a new case of a kind runs by where the company has made none of its own. */
export const shippedOf = (kind: Kind): Process => shippedProcesses.find((one) => one.kind === kind)!
