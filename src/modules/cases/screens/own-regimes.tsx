import { PlusOutlined } from '@ant-design/icons'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { useConfirm } from '#ui/confirm.ts'
import { useNotice } from '#ui/notice.tsx'
import { Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { useWrite } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { OwnRegimeForm } from './own-regime-form.tsx'
import { copyOf, typedOf, writtenOf } from './own-regime-typed.ts'
import { type Rules, useRuleWords } from './regime-words.ts'

interface Opened {
  readonly key: string | null
  readonly from: Rules | null
}

/** All sets of rules: what ships can be read and copied, what the company wrote changed and retired. */
export function OwnRegimes({ all, version }: { readonly all: readonly Rules[]; readonly version: number }) {
  const t = useWords('cases')
  const { may } = useSession()
  const { nameOf, clockOf, extensionOf, asks } = useRuleWords()
  const { language } = useLanguage()
  const [open, setOpen] = useState<Opened | null>(null)
  const mayWrite = may('organization.manage') && may('cases.manage')
  const add = mayWrite && (
    <Button icon={<PlusOutlined />} onClick={() => setOpen({ key: null, from: null })}>
      {t('ownRules.add')}
    </Button>
  )
  const initial = ({ key, from }: Opened) =>
    from === null ? typedOf(null) : key === null ? copyOf(from, language, { nameOf, clockOf, extensionOf }) : typedOf(from)
  const changed = open?.key == null ? null : (all.find(({ key }) => key === open.key) ?? null)
  return (
    <Section title={t('settings.ownRegimes')} about={t('ownRules.about')}>
      <DataTable
        name="case-rules"
        label={t('settings.ownRegimes')}
        pages={{ items: all }}
        rowKey={({ key }) => key}
        columns={[
          {
            key: 'name',
            title: t('setUp.name'),
            cell: (rules) => (
              <span className="row">
                {nameOf(rules)}
                <Tag>{rules.ships ? t('ownRules.ships') : t('ownRules.version', { version: rules.version })}</Tag>
                {rules.retired && <Tag>{t('setUp.retired')}</Tag>}
              </span>
            ),
          },
          { key: 'asks', title: t('ownRules.asks'), cell: asks },
          {
            key: 'actions',
            title: t('setUp.actions'),
            cell: (rules) =>
              mayWrite && (
                <Actions
                  rules={rules}
                  version={version}
                  change={() => setOpen({ key: rules.key, from: rules })}
                  copy={() => setOpen({ key: null, from: rules })}
                />
              ),
          },
        ]}
        toolbar={add}
      />
      {open && <OwnRegimeForm rules={changed} initial={initial(open)} version={version} close={() => setOpen(null)} />}
    </Section>
  )
}

interface ActionsProps {
  readonly rules: Rules
  readonly version: number
  readonly change: () => void
  readonly copy: () => void
}

function Actions({ rules, version, change, copy }: ActionsProps) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const confirm = useConfirm()
  const { nameOf } = useRuleWords()
  const write = useWrite(casesApi.changeRegime, { onDone: () => notice.done(ui('saved')), alsoChanges: ['organization'] })
  const name = nameOf(rules)
  const send = (retired: boolean) => write.send({ regimeKey: rules.key, version, retired, ...writtenOf(typedOf(rules)) })
  return (
    <span className="row">
      {!rules.ships && (
        <Button size="small" onClick={change} aria-label={t('setUp.changeOf', { name })}>
          {t('setUp.change')}
        </Button>
      )}
      <Button size="small" onClick={copy} aria-label={t('ownRules.copyOf', { name })}>
        {t('ownRules.copy')}
      </Button>
      {!rules.ships &&
        (rules.retired ? (
          <Button
            size="small"
            loading={write.pending}
            onClick={() => void send(false).catch(notice.refused)}
            aria-label={t('ownRules.takeUpOf', { name })}
          >
            {t('ownRules.takeUp')}
          </Button>
        ) : (
          <Button
            size="small"
            aria-label={t('ownRules.retireOf', { name })}
            onClick={() =>
              confirm({ title: t('ownRules.retireOf', { name }), verb: t('ownRules.retire'), about: t('ownRules.retireAbout') }, () =>
                send(true),
              )
            }
          >
            {t('ownRules.retire')}
          </Button>
        ))}
    </span>
  )
}
