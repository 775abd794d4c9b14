/**
 * A form from descriptors. Values are what the contract wants: money in minor units, percents as shares, days as `YYYY-MM-DD`.
 * What the server finds wrong with a field appears at the field; where somebody else saved meanwhile, before or while saving, both states are compared (see meanwhile.tsx).
 *
 *   const save = useWrite(customersApi.create, { onDone })
 *   <Form
 *     fields={[
 *       { name: 'name', kind: 'text', label: t('field.name'), required: true, autoComplete: 'name' },
 *       { name: 'kind', kind: 'choice', label: t('field.kind'), options: [{ value: 'person', label: t('person') }] },
 *       { name: 'margin', kind: 'percent', label: t('field.margin'), help: t('field.margin.help') },
 *     ]}
 *     initial={{ name: '', kind: 'person', margin: null }}
 *     onSubmit={(values) => save.send(values)} problem={save.problem} pending={save.pending} submit={t('save')} cancel={close} />
 */
import { Form as AntForm, Button, type FormInstance, Select, Switch } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { isMeanwhile, type Problem } from './client.ts'
import { DurationInput } from './duration-input.tsx'
import { DayInput, MomentInput, NumberInput, TextInput } from './inputs.tsx'
import { Meanwhile, type Sent } from './meanwhile.tsx'
import { PeopleChoice } from './people-choice.tsx'
import { Refused, useFieldSentence } from './refused.tsx'
import { useWords } from './words.ts'

interface FieldBase<V> {
  readonly name: keyof V & string
  readonly label: string
  readonly help?: ReactNode
  readonly required?: boolean
  readonly disabled?: boolean
  /** Takes the whole width where other fields stand beside each other. */
  readonly wide?: boolean
  /** What is wrong with a value, in words, or null; asked before anything is sent. */
  readonly check?: (value: unknown) => string | null
}
export type Field<V> = FieldBase<V> &
  (
    | {
        readonly kind: 'text' | 'email' | 'password' | 'url' | 'phone'
        readonly autoComplete?: string
        readonly maxLength?: number
        readonly placeholder?: string
      }
    | { readonly kind: 'area'; readonly rows?: number; readonly maxLength?: number }
    | { readonly kind: 'number'; readonly min?: number; readonly max?: number; readonly digits?: number; readonly unit?: string }
    /** A length of time: minutes in the value; working minutes are counted while those are there who do it. */
    | { readonly kind: 'duration'; readonly min?: number; readonly max?: number; readonly isWorking?: boolean }
    /** Minor units in the value, whole units on the screen. */
    | { readonly kind: 'money'; readonly currency?: string; readonly min?: number }
    /** A share of 1 in the value, percent on the screen. */
    | { readonly kind: 'percent'; readonly min?: number; readonly max?: number; readonly digits?: number }
    | { readonly kind: 'day'; readonly min?: string; readonly max?: string }
    | { readonly kind: 'moment'; readonly max?: Date }
    | {
        readonly kind: 'choice'
        readonly options: readonly Choice[]
        readonly several?: boolean
        readonly search?: boolean
        readonly placeholder?: string
      }
    | { readonly kind: 'yes' }
    /** Somebody who works here, or several. */
    | { readonly kind: 'people'; readonly several?: boolean; readonly except?: string }
    /** A control of your own; it gets `value` and `onChange`. */
    | { readonly kind: 'own'; readonly control: ReactNode }
  )
export interface Choice {
  readonly value: string
  readonly label: string
  readonly disabled?: boolean
}

export interface FormProps<V extends object> {
  readonly fields: readonly Field<V>[]
  readonly initial: Partial<V>
  readonly onSubmit: (values: V) => unknown
  readonly problem?: Problem | null
  readonly pending?: boolean
  readonly submit: string
  readonly cancel?: () => void
  /** Fields beside each other where there is room. */
  readonly columns?: 1 | 2 | 3
  readonly onChange?: (values: V) => void
  readonly children?: ReactNode
}

export function Form<V extends object>(props: FormProps<V>) {
  const { fields, problem, columns = 1 } = props
  const t = useWords('ui')
  const [form] = AntForm.useForm<V>()
  const names: readonly string[] = fields.map((field) => field.name)
  useServerProblems(form, names, problem ?? null)
  const [sent, setSent] = useState<Sent | null>(null)
  const submit = async (values: V) => {
    const state = { values: values as Sent['values'] }
    setSent({ ...state, state: 'sending' })
    try {
      await props.onSubmit(values)
      setSent({ ...state, state: 'saved' })
    } catch {
      setSent({ ...state, state: 'refused' })
    }
  }
  const elsewhere =
    problem &&
    !isMeanwhile(problem) &&
    (problem.fields.length === 0 || problem.fields.some((field) => fieldOf(names, field.field) === undefined))
  return (
    <AntForm<V>
      form={form}
      layout="vertical"
      className={`form form-${columns}`}
      initialValues={props.initial}
      onFinish={(values) => void submit(values)}
      onValuesChange={(_, values) => props.onChange?.(values)}
      scrollToFirstError={{ focus: true }}
      requiredMark={(label, { required }) =>
        required ? (
          label
        ) : (
          <span>
            {label} <span className="optional">{t('form.optional')}</span>
          </span>
        )
      }
    >
      <Meanwhile
        form={form}
        fields={fields}
        initial={props.initial as Sent['values']}
        sent={sent}
        problem={problem ?? null}
        onTaken={() => props.onChange?.(form.getFieldsValue())}
      />
      {elsewhere && (
        <div className="form-wide">
          <Refused problem={problem} />
        </div>
      )}
      {fields.map((field) => (
        <FormField key={field.name} field={field} />
      ))}
      {props.children}
      <div className="form-wide form-actions">
        <Button type="primary" htmlType="submit" loading={props.pending ?? false}>
          {props.submit}
        </Button>
        {props.cancel && <Button onClick={props.cancel}>{t('cancel')}</Button>}
      </div>
    </AntForm>
  )
}

function FormField<V>({ field }: { field: Field<V> }) {
  const t = useWords('ui')
  const { check } = field
  return (
    <AntForm.Item
      name={field.name as never}
      label={field.label}
      extra={field.help}
      required={field.required ?? (field.kind === 'yes' || check !== undefined)}
      {...(field.wide ? { className: 'form-wide' } : {})}
      rules={[
        ...(field.required
          ? [
              {
                required: true,
                message: t('form.required', { field: field.label }),
                // Said of words only: a rule that says more than `required` takes numbers and lists for wrong words.
                ...(field.kind === 'text' || field.kind === 'area' ? { whitespace: true } : {}),
              },
            ]
          : []),
        ...(check
          ? [
              {
                validator: async (_: unknown, value: unknown) => {
                  const wrong = check(value)
                  if (wrong) throw new Error(wrong)
                },
              },
            ]
          : []),
      ]}
      valuePropName={field.kind === 'yes' ? 'checked' : 'value'}
      validateTrigger="onSubmit"
    >
      {control(field, t('clear'))}
    </AntForm.Item>
  )
}

function control<V>(field: Field<V>, clear: string): ReactNode {
  const common = { disabled: field.disabled ?? false, 'aria-required': field.required ?? false }
  switch (field.kind) {
    case 'choice':
      return (
        <Select
          {...common}
          options={field.options.map((option) => ({ ...option }))}
          {...(field.several ? { mode: 'multiple' as const } : {})}
          {...(field.search ? { showSearch: { optionFilterProp: 'label' } } : {})}
          placeholder={field.placeholder}
          allowClear={field.required ? false : { label: clear }}
        />
      )
    case 'yes':
      return <Switch disabled={common.disabled} />
    case 'own':
      return field.control
    case 'people': {
      const { several = false, required = false, except } = field
      return several ? (
        <PeopleChoice {...common} several except={except} />
      ) : (
        <PeopleChoice {...common} except={except} allowClear={!required} />
      )
    }
    case 'day':
      return <DayInput {...common} min={field.min} max={field.max} />
    case 'moment':
      return <MomentInput {...common} max={field.max} />
    case 'duration':
      return <DurationInput {...common} min={field.min} max={field.max} isWorking={field.isWorking} />
    case 'number':
    case 'money':
    case 'percent':
      return <NumberInput {...common} {...field} />
    default:
      return <TextInput {...common} {...field} />
  }
}

/** Puts what the server found wrong to the fields and moves to the first of them. */
function useServerProblems(form: FormInstance, names: readonly string[], problem: Problem | null): void {
  const sentence = useFieldSentence()
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per problem; the names and the words are those of the moment
  useEffect(() => {
    const own = (problem?.fields ?? []).flatMap((field) => {
      const name = fieldOf(names, field.field)
      return name === undefined ? [] : [{ ...field, field: name }]
    })
    if (!problem || own.length === 0) return
    form.setFields(own.map((field) => ({ name: field.field, errors: [sentence(problem.module, field)] })))
    form.focusField?.(own[0]?.field ?? '')
  }, [problem])
}

/** The field that shows a value: what is wrong within a list is said at the list. */
const fieldOf = (names: readonly string[], path: string) =>
  names.find((name) => path === name) ?? names.find((name) => path.startsWith(`${name}.`))
