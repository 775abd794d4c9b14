import { Button, Select } from 'antd'
import { Compared, useMerged } from '#ui/compared.tsx'
import { Refused } from '#ui/refused.tsx'
import { type StoredSetting, useSetting } from '#ui/setting.tsx'
import { useWords } from '#ui/words.ts'
import { type ArchiveField, archiveFields } from '../domain/archive.ts'
import { qualificationTests } from '../domain/qualification.ts'

interface Condition {
  readonly field: ArchiveField
  readonly test: (typeof qualificationTests)[number]
  readonly words: readonly string[]
}

/** Who is a target customer: every condition has to hold (C-16). */
export function TargetSettings({ stored }: { stored: StoredSetting }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const setting = useSetting(stored, { alsoChanges: ['customers'] })
  const typed = useMerged({ conditions: (stored.value as { conditions: readonly Condition[] }).conditions })
  const { conditions } = typed.values
  const setConditions = (next: readonly Condition[]) => typed.set({ conditions: next })
  const inWords = ({ field, test, words }: Condition) =>
    [t(`field.${field}`), t(`target.tests.${test}`), words.join(ui('comma'))].join(' ').trim()
  const change = (at: number, patch: Partial<Condition>) =>
    setConditions(conditions.map((one, i) => (i === at ? { ...one, ...patch } : one)))
  return (
    <div className="customer-entries">
      {conditions.length === 0 && <p className="muted">{t('target.none')}</p>}
      <Refused problem={setting.problem} />
      {typed.compared && (
        <Compared
          compared={typed.compared}
          label={() => t('settings.target')}
          shown={(_, value) => (value as readonly Condition[]).map(inWords).join(' · ') || t('target.none')}
          decide={typed.decide}
        />
      )}
      {conditions.map((condition, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no names and may be equal
        <div key={at} className="row">
          <Select
            className="list-filter"
            aria-label={t('change.field')}
            value={condition.field}
            showSearch={{ optionFilterProp: 'label' }}
            options={archiveFields.map((field) => ({ value: field, label: t(`field.${field}`) }))}
            onChange={(field) => change(at, { field })}
          />
          <Select
            className="list-filter"
            aria-label={t('target.test')}
            value={condition.test}
            options={qualificationTests.map((test) => ({ value: test, label: t(`target.tests.${test}`) }))}
            onChange={(test) => change(at, { test })}
          />
          {condition.test !== 'known' && (
            <Select
              mode="tags"
              className="list-filter"
              aria-label={t('target.words')}
              placeholder={t('target.words')}
              value={[...condition.words]}
              onChange={(words: string[]) => change(at, { words })}
            />
          )}
          <Button size="small" danger onClick={() => setConditions(conditions.filter((_, i) => i !== at))}>
            {ui('delete')}
          </Button>
        </div>
      ))}
      <div className="row">
        <Button onClick={() => setConditions([...conditions, { field: 'city', test: 'known', words: [] }])}>{ui('add')}</Button>
        <Button type="primary" loading={setting.pending} onClick={() => void setting.save({ conditions }).then(typed.saved, () => {})}>
          {ui('save')}
        </Button>
      </div>
    </div>
  )
}
