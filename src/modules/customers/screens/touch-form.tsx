import { useState } from 'react'
import { type ResultOf, upload } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { FilesInput, type SentFile } from '#ui/files-input.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { usePeople } from '#ui/people.ts'
import { Slot } from '#ui/slot.tsx'
import { TermsInput } from '#ui/terms-input.tsx'
import { TextWithPeople } from '#ui/text-with-people.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { type Channel, longestSummary, type Stage, stages } from '../domain/interaction.ts'
import { mentionedIn } from '../domain/mention.ts'
import { withTemplate } from '../domain/touch-template.ts'
import { UnwantedChannel, useMarkedChannels } from './channel-marks.tsx'
import { KeepTemplate, TemplateChoice } from './touch-templates.tsx'

export type TouchView = ResultOf<typeof api.logInteraction>

export interface Touch {
  readonly channel: Channel
  readonly direction: 'in' | 'out'
  readonly stage: Stage
  readonly summary: string
  readonly occurredAt?: Date | null
  readonly minutes?: number | null
  readonly costMinor?: number | null
  readonly opinion?: string | null
  readonly nextStep?: string | null
  readonly nextStepOn?: string | null
  readonly needs?: string[]
  readonly mentions?: string[]
  readonly files?: readonly SentFile[]
}
const usual: Partial<Touch> = { channel: 'call', direction: 'out', stage: 'before', minutes: null, costMinor: null }

/** Notes a touch, or corrects one of one's own. What is asked first suffices: the rest may stay empty. */
export function TouchForm({ customerId, before, close }: { customerId: string; before?: TouchView; close: () => void }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const owners = usePeople()
  const markedChannels = useMarkedChannels(customerId)
  /** What the form began with; anew with each template that is chosen. */
  const [begun, setBegun] = useState<{ readonly nth: number; readonly values: Partial<Touch> }>({
    nth: 0,
    values: { ...usual, ...(before ? touchOf(before) : {}) },
  })
  const [typed, setTyped] = useState(begun.values)
  const [opened] = useState(() => new Date())
  const log = useWrite(api.logInteraction, { onDone: close, alsoChanges: ['value', 'commitments'] })
  const change = useWrite(api.changeInteraction, { onDone: close, alsoChanges: ['value', 'commitments'] })
  const write = before ? change : log
  const choice = <T extends string>(name: keyof Touch & string, label: string, values: readonly T[], words: string): Field<Touch> => ({
    name,
    kind: 'choice',
    label,
    required: true,
    options: values.map((value) => ({ value, label: t(`${words}.${value}`) })),
  })
  const send = (file: File) => upload(api.addAttachment, { id: customerId, fileName: file.name.slice(-200) }, file)
  const fields: Field<Touch>[] = [
    {
      name: 'summary',
      kind: 'own',
      label: t('touch.summary'),
      help: t('touch.summaryHelp'),
      required: true,
      control: <TextWithPeople maxLength={longestSummary} />,
      wide: true,
    },
    { name: 'occurredAt', kind: 'moment', label: t('touch.at'), ...(before ? {} : { help: t('touch.atHelp') }), max: opened },
    { name: 'channel', kind: 'choice', label: t('touch.channel'), required: true, options: markedChannels },
    choice('direction', t('touch.direction'), ['in', 'out'] as const, 'direction'),
    choice('stage', t('timeline.stage'), stages, 'stage'),
    { name: 'minutes', kind: 'number', label: t('touch.minutes'), min: 0, max: 10_000 },
    { name: 'needs', kind: 'own', label: t('touch.needs'), help: t('touch.needsHelp'), control: <NeedInput />, wide: true },
    { name: 'opinion', kind: 'text', label: t('touch.opinion'), maxLength: 1000, wide: true },
    { name: 'nextStep', kind: 'text', label: t('touch.nextStep'), help: t('touch.nextStepHelp'), maxLength: 500 },
    { name: 'nextStepOn', kind: 'day', label: t('touch.nextStepOn') },
    { name: 'mentions', kind: 'people', several: true, label: t('touch.mentions'), wide: true },
    { name: 'costMinor', kind: 'money', label: t('touch.cost'), help: t('touch.costHelp'), min: 0 },
    { name: 'files', kind: 'own', label: t('touch.files'), control: <FilesInput send={send} /> },
  ]
  const people = owners.choices.map(({ value, label }) => ({ id: value, name: label }))
  const submit = ({ files = [], occurredAt, minutes, costMinor, needs, mentions, ...touch }: Touch) => {
    const content = {
      ...touch,
      ...(occurredAt ? { occurredAt } : {}),
      minutes: minutes ?? 0,
      costMinor: costMinor ?? null,
      needs: needs ?? [],
      mentions: [...new Set([...(mentions ?? []), ...mentionedIn(touch.summary, people)])],
      fileIds: files.map(({ fileId }) => fileId),
    }
    return before
      ? change.send({ id: customerId, interactionId: before.id, version: before.version, ...content })
      : log.send({ id: customerId, ...content })
  }
  return (
    <Dialog title={t(before ? 'touch.correct' : 'timeline.log')} onClose={close} wide>
      {!before && (
        <TemplateChoice
          onChosen={(content) => {
            const values = withTemplate<Touch>(typed, begun.values, content)
            setBegun({ nth: begun.nth + 1, values })
            setTyped(values)
          }}
        />
      )}
      <Form<Touch>
        key={begun.nth}
        columns={2}
        fields={fields}
        initial={begun.values}
        onChange={setTyped}
        onSubmit={submit}
        problem={write.problem}
        pending={write.pending}
        submit={ui('save')}
        cancel={close}
      >
        {!before && typed.direction === 'out' && typed.channel && (
          <div className="form-wide">
            <UnwantedChannel customerId={customerId} channel={typed.channel} />
            <Slot name="customers.touch" give={{ customerId, channel: typed.channel, at: typed.occurredAt ?? opened }} bare />
          </div>
        )}
      </Form>
      {!before && <KeepTemplate touch={typed} />}
    </Dialog>
  )
}

const touchOf = ({ needs, attachments: _, ...touch }: TouchView): Partial<Touch> => ({
  ...touch,
  needs: needs.map(({ text }) => text),
  files: [],
})

/** Needs in a few words each; those that others have already are offered. */
function NeedInput(props: { id?: string; value?: string[]; onChange?: (needs: readonly string[]) => void }) {
  const [typed, setTyped] = useState('')
  const found = useRead(api.needSuggestions, { q: typed.slice(0, 200) })
  return <TermsInput {...props} offered={(found.data?.items ?? []).map(({ text }) => text)} onTyped={setTyped} />
}
