import { useFormat } from '#ui/format.ts'
import { useWords } from '#ui/words.ts'
import { type Detail, useDepartmentName, useTeamName } from './shown.ts'

type Choice = NonNullable<Detail['choice']>
type Want = Choice['met'][number]

/** Why the product chose whoever handles a case, sentence by sentence: what set them apart, what of the case they can, and who was asked before. */
export function useChoiceWords(): (choice: Choice) => readonly string[] {
  const t = useWords('cases')
  const format = useFormat()
  const department = useDepartmentName()
  const team = useTeamName()
  const called = ({ from, id }: { readonly from: 'team' | 'department'; readonly id: string }) =>
    (from === 'team' ? team(id) : department(id)) ?? t('choice.gone')
  const wanted = ({ what, of }: Want): string => {
    if (what === 'language') return t(`language.${of}`)
    if (what === 'product') return of ?? ''
    return t(of === null ? `ability.${what}` : `${what}.${of}`)
  }
  const wants = (list: readonly Want[]) => format.list(list.map(wanted))
  return ({ because, kept, reopened, group, met, waived, passed }) => [
    ...(passed ?? []).map((one) => t(`choice.passed.${one.why}`, { name: called(one) })),
    ...(because === 'nobody-else' ? [t(group === null && passed !== null ? 'choice.kept.nobody-named' : `choice.kept.${kept}`)] : []),
    ...(because !== 'nobody-else' && reopened ? [t('choice.reopened')] : []),
    ...(because !== 'nobody-else' ? [t(`choice.because.${because}`)] : []),
    ...(group !== null && because !== 'nobody-else' ? [t(`choice.from.${group.from}`, { name: called(group) })] : []),
    ...(met.length > 0 ? [t('choice.met', { what: wants(met) })] : []),
    ...(waived.length > 0 ? [t('choice.waived', { what: wants(waived) })] : []),
  ]
}
