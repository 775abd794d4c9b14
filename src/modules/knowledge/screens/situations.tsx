import { Input, Select, Tag } from 'antd'
import { useState } from 'react'
import { Loaded, Section } from '#ui/page.tsx'
import { useSettled } from '#ui/settled.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { knowledgeApi } from '../api.ts'
import { knownCodes } from '../domain/codes.ts'
import { type Dimension, dimensions } from '../domain/technique.ts'
import { useShown } from './shown-texts.ts'
import './knowledge.css'

type Situation = Partial<Record<Dimension, string>>

/** What a value of a situation is called: in our words where the house knows it. */
export function useCodeName(): (dimension: Dimension, value: string) => string {
  const t = useWords('knowledge')
  return (dimension, value) => (knownCodes[dimension]?.includes(value) ? t(`code.${dimension}.${value}`) : value)
}

/** Describe the situation, and see what fits and why. */
export function Situations() {
  const t = useWords('knowledge')
  const shown = useShown()
  const codeName = useCodeName()
  const [situation, setSituation] = useState<Situation>({})
  const asked = useSettled(JSON.stringify(situation), 250)
  const found = useRead(knowledgeApi.suggestTechniques, JSON.parse(asked) as Situation)
  const put = (dimension: Dimension, value: string | null | undefined) =>
    setSituation(({ [dimension]: _, ...rest }) => (value?.trim() ? { ...rest, [dimension]: value.trim() } : rest))
  return (
    <Section title={t('situation.title')} about={t('situation.about')}>
      <div className="knowledge-about">
        {dimensions
          .filter((dimension) => dimension !== 'reason')
          .map((dimension) => {
            const known = knownCodes[dimension]
            const name = t(`dimension.${dimension}`)
            return (
              // biome-ignore lint/a11y/noLabelWithoutControl: the control is the one inside, whichever it is
              <label key={dimension}>
                <span>{name}</span>
                {known ? (
                  <Select
                    aria-label={name}
                    allowClear={{ label: t('ui:clear') }}
                    placeholder={t('situation.any')}
                    value={situation[dimension] ?? null}
                    options={known.map((value) => ({ value, label: codeName(dimension, value) }))}
                    onChange={(value) => put(dimension, value)}
                  />
                ) : (
                  <Input
                    aria-label={name}
                    maxLength={60}
                    placeholder={t('situation.any')}
                    onChange={(event) => put(dimension, event.target.value)}
                  />
                )}
              </label>
            )
          })}
      </div>
      <Loaded of={found} lines={2}>
        {({ items }) => (
          <ol className="knowledge-fits" aria-label={t('situation.fits')}>
            {items.map(({ technique, because, disabled }) => (
              <li key={technique.id}>
                <a href={`#${technique.id}`}>{shown(technique.name)}</a>
                {because.map(({ dimension, value }) => (
                  <Tag key={dimension}>{`${t(`dimension.${dimension}`)}${t('ui:colon')}${codeName(dimension, value)}`}</Tag>
                ))}
                {because.length === 0 && <span className="muted">{t('situation.always')}</span>}
                {disabled && <Tag className="knowledge-mark">{t('technique.handOver')}</Tag>}
              </li>
            ))}
            {items.length === 0 && <li className="muted">{t('situation.nothing')}</li>}
          </ol>
        )}
      </Loaded>
    </Section>
  )
}
