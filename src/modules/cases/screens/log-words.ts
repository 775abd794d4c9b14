import { useFormat } from '#ui/format.ts'
import { usePeople } from '#ui/people.ts'
import { useWords } from '#ui/words.ts'
import { useChoiceWords } from './choice-words.ts'
import { type Detail, useDepartmentName, useStepName } from './shown.ts'

type Said = Readonly<Record<string, unknown>>
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** What an event of the log says beyond its name, line by line: where the case went, to whom it was given, what was decided, and in which words. */
export function useLogWords(found: Detail): (kind: string, said: Said) => readonly string[] {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const step = useStepName()
  const department = useDepartmentName()
  const chosen = useChoiceWords()
  const stepCalled = (key: unknown) => step(String(key), found.process.steps.find((one) => one.key === key)?.names ?? {})
  const somebody = (id: unknown) => people.nameOf(textOf(id))
  const given = ({ departmentId, personId }: Said) => [department(textOf(departmentId)), somebody(personId)].filter(Boolean).join(' · ')
  const first: Readonly<Record<string, (said: Said) => readonly (string | null)[]>> = {
    stepped: ({ to }) => [stepCalled(to)],
    'sent-back': ({ to }) => [stepCalled(to)],
    reopened: ({ to, sameHandler }) => [stepCalled(to), sameHandler === true ? t('log.sameHandler') : null],
    assigned: ({ ownerId, choice }) => [
      somebody(ownerId) ?? t('nobody'),
      ...(choice ? chosen(choice as NonNullable<Detail['choice']>) : []),
    ],
    routed: (said) => [given(said)],
    'handed-over': (said) => [given(said)],
    judged: ({ finding }) => [t(`finding.${finding}`)],
    instructed: ({ decision }) => [t(`instruction.${decision}`)],
    'effectiveness-checked': ({ verdict }) => [t(`verdict.${verdict}`)],
    decided: ({ adopted }) => [t(adopted === true ? 'said.adopted' : 'said.declined')],
    'read-again': ({ agrees }) => [agrees === true ? t('said.agrees') : t('said.disagrees')],
    converted: ({ kind }) => [t(`kind.${kind}`)],
    'found-before': ({ number, first }) => [t(first === true ? 'found.first' : 'found.tooLate', { number: String(number) })],
    'checklist-ticked': ({ item, state }) => [`${t(`checklist.item.${item}`)}: ${t(`checklist.state.${state}`)}`],
    'idea-taken': ({ number }) => [textOf(number)],
    'took-in': ({ number }) => [textOf(number)],
    changed: ({ changes }) => [(changes as Said | undefined)?.unproven === false ? t('unproven.done') : null],
    promised: ({ day }) => [format.day(String(day))],
    'promise-broken': ({ day, commitmentId }) => [
      found.promises.find((one) => one.commitmentId === commitmentId)?.text ?? null,
      textOf(day) && format.day(String(day)),
    ],
    'bulletin-proposed': ({ title, body }) => [textOf(title), textOf(body)],
    'bulletin-decided': ({ bulletinId }) => [t(textOf(bulletinId) === null ? 'bulletin.declined' : 'bulletin.told')],
    appointed: ({ startsAt, place }) => [format.instant(new Date(String(startsAt))), textOf(place)],
    closed: ({ costMinor }) => [Number(costMinor) > 0 ? t('log.cost', { cost: format.money(Number(costMinor)) }) : null],
    'goods-returned': ({ item, valueMinor }) => [textOf(item), format.money(Number(valueMinor))],
    'claim-moved': ({ state }) => [t(`claimState.${state}`)],
    published: ({ said, done }) => [textOf(said), textOf(done)],
    'lesson-written': ({ lesson, improvement }) => [textOf(lesson), textOf(improvement)],
    evaluated: ({ value }) => [textOf(value)],
    appealed: ({ against }) => [t(`against.${against}`)],
    'appeal-given': ({ judgeId }) => [somebody(judgeId) ?? t('contest.noJudge')],
    'appeal-decided': ({ outcome }) => [t(`appealOutcome.${outcome}`)],
    referred: ({ body, reference }) => [textOf(body), textOf(reference)],
    'referral-changed': ({ reference, dueOn }) => [textOf(reference), textOf(dueOn) && format.day(String(dueOn))],
    'referral-decided': ({ outcome, redressMinor }) => [
      t(`referralOutcome.${outcome}`),
      Number(redressMinor) > 0 ? format.money(Number(redressMinor)) : null,
    ],
  }
  return (kind, said) =>
    [...(first[kind]?.(said) ?? []), ...['text', 'reason', 'note', 'why'].map((name) => textOf(said[name]))].flatMap((line) => line || [])
}
