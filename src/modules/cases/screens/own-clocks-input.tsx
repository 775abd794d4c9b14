import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { DurationInput } from '#ui/duration-input.tsx'
import { NumberInput, TextInput } from '#ui/inputs.tsx'
import type { Names } from '#ui/named.ts'
import { useWords } from '#ui/words.ts'
import { ownLimits } from '../domain/clocks/own-regimes.ts'
import { regimeEnds } from '../domain/clocks/regimes.ts'
import { extensionNeeds, measureUnits } from '../domain/clocks/target.ts'
import { Labelled } from './labelled.tsx'
import { newClock, newExtension, type TypedClock, type TypedExtension, type TypedMeasure, unnamed } from './own-regime-typed.ts'
import { namedLanguages } from './set-up-words.ts'
import './cases.css'

interface Control<T> {
  readonly value?: T
  readonly onChange?: (value: T) => void
}
/** What a field belongs to, for people who hear it. */
interface Of {
  readonly of: string
}

/** A name in each language of the product; one is enough. */
export function NamesInput({ of, value = unnamed, onChange }: Control<Names> & Of) {
  const t = useWords('cases')
  return (
    <div className="process-fields">
      {namedLanguages.map((language) => (
        <Labelled key={language} name={t(`setUp.name.${language}`)} of={of}>
          <TextInput
            kind="text"
            maxLength={120}
            value={value[language]}
            onChange={(text) => onChange?.({ ...value, [language]: text ?? '' })}
          />
        </Labelled>
      ))}
    </div>
  )
}

/** What rules ask for: each clock with what ends it, how long it may take, when it warns, and by what it may be extended. */
export function ClocksInput({ value = [], onChange }: Control<readonly TypedClock[]>) {
  const t = useWords('cases')
  const change = (at: number, part: Partial<TypedClock>) =>
    onChange?.(value.map((one, index) => (index === at ? { ...one, ...part } : one)))
  return (
    <div className="own-clocks">
      {value.map((clock, at) => (
        <fieldset
          // biome-ignore lint/suspicious/noArrayIndexKey: a clock that is new has no key yet
          key={at}
          className="process-lines"
        >
          <legend>{t('ownRules.clock', { number: at + 1 })}</legend>
          <ClockFields clock={clock} of={t('ownRules.clock', { number: at + 1 })} change={(part) => change(at, part)} />
          <Button
            size="small"
            icon={<DeleteOutlined />}
            disabled={value.length === 1}
            onClick={() => onChange?.(value.filter((_, index) => index !== at))}
          >
            {t('ownRules.removeClock', { number: at + 1 })}
          </Button>
        </fieldset>
      ))}
      <Button icon={<PlusOutlined />} disabled={value.length >= ownLimits.clocks} onClick={() => onChange?.([...value, newClock])}>
        {t('ownRules.addClock')}
      </Button>
    </div>
  )
}

interface ClockFieldsProps extends Of {
  readonly clock: TypedClock
  readonly change: (part: Partial<TypedClock>) => void
}

function ClockFields({ clock, of, change }: ClockFieldsProps) {
  const t = useWords('cases')
  const { extensions } = clock
  const changeExtension = (at: number, part: Partial<TypedExtension>) =>
    change({ extensions: extensions.map((one, index) => (index === at ? { ...one, ...part } : one)) })
  return (
    <>
      <NamesInput of={of} value={clock.names} onChange={(names) => change({ names })} />
      <div className="process-fields">
        <Labelled name={t('ownRules.ends')} of={of}>
          <Select
            value={clock.ends}
            onChange={(ends) => change({ ends })}
            options={regimeEnds.map((value) => ({ value, label: t(`ownRules.ends.${value}`) }))}
          />
        </Labelled>
        <MeasureFields of={of} measure={clock.measure} change={(measure) => change({ measure })} />
        <Labelled name={t('ownRules.missing')} of={of}>
          <Select
            value={clock.missing}
            // Nobody is told of a chance that has passed.
            onChange={(missing) => change({ missing, ...(missing === 'lapse' ? { escalateAtShare: null } : {}) })}
            options={(['breach', 'lapse'] as const).map((value) => ({ value, label: t(`ownRules.missing.${value}`) }))}
          />
        </Labelled>
        <Labelled name={t('ownRules.warn')} of={of}>
          <NumberInput
            kind="percent"
            digits={0}
            min={0.01}
            max={0.99}
            value={clock.warnAtShare}
            onChange={(share) => change({ warnAtShare: share })}
          />
        </Labelled>
        <Labelled name={t('ownRules.escalate')} of={of}>
          <NumberInput
            kind="percent"
            digits={0}
            min={0.01}
            max={0.99}
            value={clock.escalateAtShare}
            onChange={(share) => change({ escalateAtShare: share })}
          />
        </Labelled>
      </div>
      {extensions.map((extension, at) => {
        const name = `${of}, ${t('ownRules.extension', { number: at + 1 })}`
        return (
          <fieldset
            // biome-ignore lint/suspicious/noArrayIndexKey: an extension that is new has no key yet
            key={at}
            className="process-lines"
          >
            <legend>{t('ownRules.extension', { number: at + 1 })}</legend>
            <NamesInput of={name} value={extension.names} onChange={(names) => changeExtension(at, { names })} />
            <div className="process-fields">
              <MeasureFields of={name} measure={extension.measure} change={(measure) => changeExtension(at, { measure })} />
              <Labelled name={t('ownRules.needs')} of={name}>
                <Select
                  value={extension.needs}
                  onChange={(needs) => changeExtension(at, { needs })}
                  options={extensionNeeds.map((value) => ({ value, label: t(`ownRules.needs.${value}`) }))}
                />
              </Labelled>
            </div>
            <Button
              size="small"
              icon={<DeleteOutlined />}
              onClick={() => change({ extensions: extensions.filter((_, index) => index !== at) })}
            >
              {t('ownRules.removeExtension', { number: at + 1 })}
            </Button>
          </fieldset>
        )
      })}
      <Button
        size="small"
        icon={<PlusOutlined />}
        disabled={extensions.length >= ownLimits.extensions}
        onClick={() => change({ extensions: [...extensions, newExtension(clock.measure.unit)] })}
      >
        {t('ownRules.addExtension')}
      </Button>
    </>
  )
}

interface MeasureFieldsProps extends Of {
  readonly measure: TypedMeasure
  readonly change: (measure: TypedMeasure) => void
}

function MeasureFields({ of, measure, change }: MeasureFieldsProps) {
  const t = useWords('cases')
  const { unit, amount } = measure
  const inTime = unit === 'minutes' || unit === 'working-minutes'
  return (
    <>
      <Labelled name={t('ownRules.unit')} of={of}>
        <Select
          value={unit}
          // A figure of days means nothing in minutes.
          onChange={(next) => change({ unit: next, amount: null })}
          options={measureUnits.map((value) => ({ value, label: t(`ownRules.unit.${value}`) }))}
        />
      </Labelled>
      <Labelled name={t('ownRules.amount')} of={of}>
        {inTime ? (
          <DurationInput
            isWorking={unit === 'working-minutes'}
            min={1}
            value={amount}
            onChange={(minutes) => change({ unit, amount: minutes })}
          />
        ) : (
          <NumberInput kind="number" min={1} value={amount} onChange={(count) => change({ unit, amount: count })} />
        )}
      </Labelled>
    </>
  )
}
