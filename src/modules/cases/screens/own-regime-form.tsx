import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import type { Names } from '#ui/named.ts'
import { useNotice } from '#ui/notice.tsx'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { ownProblems } from '../domain/clocks/own-regimes.ts'
import { ClocksInput, NamesInput } from './own-clocks-input.tsx'
import { type TypedClock, type TypedRules, writtenOf } from './own-regime-typed.ts'
import type { Rules } from './regime-words.ts'

interface OwnRegimeFormProps {
  /** Those that are changed; null: they are new. */
  readonly rules: Rules | null
  readonly initial: TypedRules
  readonly version: number
  readonly close: () => void
}

/** Rules of the company's own: where they stand, what they ask for by when, and how long the record is kept. */
export function OwnRegimeForm({ rules, initial, version, close }: OwnRegimeFormProps) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const onDone = () => {
    notice.done(ui('saved'))
    close()
  }
  const add = useWrite(casesApi.addRegime, { onDone, alsoChanges: ['organization'] })
  const change = useWrite(casesApi.changeRegime, { onDone, alsoChanges: ['organization'] })
  const save = rules ? change : add
  /** The first thing that is wrong with one part, in words; with the clock that is meant. */
  const wrongWith = (part: 'names' | 'clocks', typed: { readonly names: Names; readonly clocks: readonly TypedClock[] }) => {
    const found = ownProblems({ ...writtenOf(typed), retention: null }).find(({ field }) => field.split('.')[0] === part)
    if (!found) return null
    const at = /^clocks\.(\d+)/.exec(found.field)?.[1]
    const what = t(`field.${found.problem}`)
    return at === undefined ? what : t('ownRules.wrongClock', { number: Number(at) + 1, what })
  }
  return (
    <Dialog wide title={t(rules ? 'ownRules.change' : 'ownRules.add')} onClose={close}>
      {rules && <p className="section-about">{t('ownRules.changeAbout', { version: (rules.version ?? 0) + 1 })}</p>}
      <Form<TypedRules>
        columns={2}
        fields={[
          {
            name: 'names',
            kind: 'own',
            label: t('setUp.name'),
            wide: true,
            control: <NamesInput of={t('ownRules.rules')} />,
            check: (value) => wrongWith('names', { names: value as Names, clocks: [] }),
          },
          { name: 'source.title', kind: 'text', label: t('ownRules.source'), help: t('ownRules.sourceHelp'), maxLength: 200 },
          { name: 'source.provisions', kind: 'text', label: t('ownRules.provisions'), maxLength: 200 },
          { name: 'source.url', kind: 'url', label: t('ownRules.link'), maxLength: 500, wide: true },
          {
            name: 'clocks',
            kind: 'own',
            label: t('ownRules.clocks'),
            help: t('ownRules.clocksHelp'),
            wide: true,
            control: <ClocksInput />,
            check: (value) => wrongWith('clocks', { names: { en: 'x', 'zh-CN': '', 'zh-TW': '' }, clocks: value as readonly TypedClock[] }),
          },
          { name: 'tellsRoute', kind: 'yes', label: t('ownRules.tellsRoute'), wide: true },
          {
            name: 'retention.years',
            kind: 'number',
            label: t('ownRules.years'),
            help: t('ownRules.yearsHelp'),
            min: 1,
            max: 100,
            unit: t('ownRules.yearsUnit'),
          },
          {
            name: 'retention.from',
            kind: 'choice',
            label: t('ownRules.from'),
            required: true,
            options: (['received', 'closed'] as const).map((value) => ({ value, label: t(`ownRules.from.${value}`) })),
          },
          {
            name: 'retention.by',
            kind: 'choice',
            label: t('ownRules.by'),
            help: t('ownRules.byHelp'),
            required: true,
            options: (['law', 'choice'] as const).map((value) => ({ value, label: t(`ownRules.by.${value}`) })),
          },
        ]}
        initial={initial}
        onSubmit={(typed) => {
          const said = { version, ...writtenOf(typed) }
          return rules ? change.send({ regimeKey: rules.key, retired: rules.retired, ...said }) : add.send(said)
        }}
        problem={save.problem}
        pending={save.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
