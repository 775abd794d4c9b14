import { Button, Select, Tag } from 'antd'
import { useState } from 'react'
import { useConfirm } from '#ui/confirm.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page } from '#ui/page.tsx'
import { DataTable } from '#ui/table.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { languages as names, useLanguage, useWords } from '#ui/words.ts'
import { knowledgeApi } from '../api.ts'
import { type PhraseKind, type PhraseRule, phraseKinds } from '../domain/phrases.ts'
import { type Language, languages } from '../domain/texts.ts'
import './knowledge.css'

/** Which words the product warns of while somebody writes, and what it proposes instead; per language. */
export function PhraseRulesPage() {
  const t = useWords('knowledge')
  const ui = useWords('ui')
  const notice = useNotice()
  const confirm = useConfirm()
  const { language: own } = useLanguage()
  const [language, setLanguage] = useState<Language>(own)
  const [open, setOpen] = useState<PhraseRule | 'new' | null>(null)
  const answer = useRead(knowledgeApi.phraseRules, {})
  const change = useWrite(knowledgeApi.changePhraseRules, {
    onDone: () => {
      notice.done(ui('saved'))
      setOpen(null)
    },
  })
  const rules: readonly PhraseRule[] = answer.data?.rules ?? []
  const send = (next: readonly PhraseRule[]) =>
    change.send({
      version: answer.data?.version ?? 0,
      rules: next.map((rule) => ({ ...rule, parts: rule.parts.map((part) => [...part]), proposals: [...rule.proposals] })),
    })
  return (
    <Page
      title={t('phrases.rules')}
      about={t('phrases.rulesAbout')}
      actions={
        <Button type="primary" onClick={() => setOpen('new')}>
          {t('phrases.add')}
        </Button>
      }
    >
      <Loaded of={answer}>
        {() => (
          <DataTable<PhraseRule>
            name="knowledge-phrases"
            label={t('phrases.rules')}
            pages={{ items: rules.filter((rule) => rule.language === language) }}
            rowKey={({ key }) => key}
            toolbar={
              <Select<Language>
                aria-label={t('phrases.language')}
                value={language}
                onChange={setLanguage}
                options={languages.map((value) => ({ value, label: names[value] }))}
              />
            }
            columns={[
              { key: 'words', title: t('phrases.words'), cell: ({ parts }) => parts.map((words) => words.join(' / ')).join(' … ') },
              { key: 'kind', title: t('phrases.kind'), cell: ({ kind }) => t(`phraseKind.${kind}`) },
              {
                key: 'proposals',
                title: t('phrases.proposals'),
                cell: ({ proposals }) => (
                  <span className="row">
                    {proposals.map((one) => (
                      <Tag key={one}>{one}</Tag>
                    ))}
                  </span>
                ),
              },
              {
                key: 'do',
                title: t('phrases.do'),
                cell: (rule) => (
                  <span className="row nowrap">
                    <Button size="small" onClick={() => setOpen(rule)} aria-label={t('form.edit', { name: rule.parts[0]?.[0] ?? '' })}>
                      {ui('edit')}
                    </Button>
                    <Button
                      size="small"
                      danger
                      aria-label={t('form.delete', { name: rule.parts[0]?.[0] ?? '' })}
                      onClick={() =>
                        confirm({ title: t('phrases.removeAsk'), verb: ui('delete') }, () =>
                          send(rules.filter(({ key }) => key !== rule.key)),
                        )
                      }
                    >
                      {ui('delete')}
                    </Button>
                  </span>
                ),
              },
            ]}
            empty={<Empty title={t('phrases.none')}>{t('phrases.noneHelp')}</Empty>}
          />
        )}
      </Loaded>
      {open && (
        <Dialog title={t(open === 'new' ? 'phrases.add' : 'phrases.change')} onClose={() => setOpen(null)}>
          <RuleForm
            rule={open === 'new' ? null : open}
            problem={change.problem}
            pending={change.pending}
            close={() => setOpen(null)}
            send={(typed) => {
              const saved: PhraseRule = {
                ...typed,
                language: open === 'new' ? language : open.language,
                key: open === 'new' ? crypto.randomUUID() : open.key,
              }
              return send(open === 'new' ? [...rules, saved] : rules.map((one) => (one.key === saved.key ? saved : one)))
            }}
          />
        </Dialog>
      )}
    </Page>
  )
}

interface Typed {
  readonly first: string
  readonly next: string
  readonly gap: number | null
  readonly kind: PhraseKind
  readonly proposals: string
}
const lines = (text: string | undefined): string[] =>
  (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

interface RuleFormProps {
  readonly rule: PhraseRule | null
  readonly problem: ReturnType<typeof useWrite<typeof knowledgeApi.changePhraseRules>>['problem']
  readonly pending: boolean
  readonly close: () => void
  readonly send: (rule: Omit<PhraseRule, 'key' | 'language'>) => Promise<unknown>
}

function RuleForm({ rule, problem, pending, close, send }: RuleFormProps) {
  const t = useWords('knowledge')
  const ui = useWords('ui')
  return (
    <Form<Typed>
      fields={[
        { name: 'first', kind: 'area', rows: 4, label: t('phrases.words'), help: t('phrases.wordsHelp'), required: true },
        { name: 'next', kind: 'area', rows: 3, label: t('phrases.then'), help: t('phrases.thenHelp') },
        { name: 'gap', kind: 'number', min: 0, max: 200, label: t('phrases.gap'), help: t('phrases.gapHelp') },
        {
          name: 'kind',
          kind: 'choice',
          label: t('phrases.kind'),
          required: true,
          options: phraseKinds.map((value) => ({ value, label: t(`phraseKind.${value}`) })),
        },
        { name: 'proposals', kind: 'area', rows: 3, label: t('phrases.proposals'), help: t('phrases.proposalsHelp'), required: true },
      ]}
      initial={{
        first: rule?.parts[0]?.join('\n') ?? '',
        next: rule?.parts[1]?.join('\n') ?? '',
        gap: rule?.gap ?? 0,
        kind: rule?.kind ?? 'contradiction',
        proposals: rule?.proposals.join('\n') ?? '',
      }}
      onSubmit={({ first, next, gap, kind, proposals }) => {
        const parts = [lines(first), lines(next), ...(rule?.parts.slice(2).map((part) => [...part]) ?? [])].filter(
          (part) => part.length > 0,
        )
        return send({ parts, gap: gap ?? 0, kind, proposals: lines(proposals) })
      }}
      problem={problem}
      pending={pending}
      submit={ui('save')}
      cancel={close}
    />
  )
}
