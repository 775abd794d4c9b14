import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Segmented, Select } from 'antd'
import { useWords } from '#ui/words.ts'
import { knownCodes } from '../domain/codes.ts'
import { dimensions, type Rule } from '../domain/technique.ts'
import { useCodeName } from './situations.tsx'
import './knowledge.css'

/** When a technique is proposed, and when never: each rule names values in some dimensions, all of which have to be met. */
export function RulesInput({ value = [], onChange }: { value?: readonly Rule[]; onChange?: (rules: readonly Rule[]) => void }) {
  const t = useWords('knowledge')
  const codeName = useCodeName()
  const put = (at: number, rule: Rule) => onChange?.(value.map((one, i) => (i === at ? rule : one)))
  return (
    <div className="knowledge-rows">
      {value.map((rule, i) => {
        const name = t('technique.rule', { number: i + 1 })
        return (
          // Rules have no identity but their place.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <fieldset key={i} className="knowledge-row" aria-label={name}>
            <div className="knowledge-row-tools">
              <span className="knowledge-row-name">{name}</span>
              <Segmented<'for' | 'against'>
                aria-label={t('technique.ruleSays', { name })}
                value={rule.against ? 'against' : 'for'}
                onChange={(says) => put(i, { ...rule, against: says === 'against' })}
                options={[
                  { value: 'for', label: t('technique.ruleFor') },
                  { value: 'against', label: t('technique.ruleAgainst') },
                ]}
              />
              <Button
                size="small"
                danger
                icon={<DeleteOutlined />}
                aria-label={t('form.remove', { name })}
                onClick={() => onChange?.(value.filter((_, j) => j !== i))}
              />
            </div>
            <div className="knowledge-about">
              {dimensions.map((dimension) => {
                const label = t(`dimension.${dimension}`)
                return (
                  // biome-ignore lint/a11y/noLabelWithoutControl: the control is the one inside
                  <label key={dimension}>
                    <span>{label}</span>
                    <Select
                      mode="tags"
                      aria-label={label}
                      placeholder={t('situation.any')}
                      value={[...(rule.when[dimension] ?? [])]}
                      options={(knownCodes[dimension] ?? []).map((code) => ({ value: code, label: codeName(dimension, code) }))}
                      onChange={(values: string[]) => put(i, { ...rule, when: { ...rule.when, [dimension]: values } })}
                    />
                  </label>
                )
              })}
            </div>
          </fieldset>
        )
      })}
      <div>
        <Button icon={<PlusOutlined />} disabled={value.length >= 50} onClick={() => onChange?.([...value, { when: {}, against: false }])}>
          {t('technique.addRule')}
        </Button>
      </div>
    </div>
  )
}
