import { Input, Segmented } from 'antd'
import { useNotice } from '#ui/notice.tsx'
import { Section } from '#ui/page.tsx'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { type ChecklistItem, type ChecklistState, checklistItems, checklistStates, leftToCheck } from '../domain/checklist.ts'
import type { Detail } from './shown.ts'

/** What is looked at early in what is made for one customer (K-03). */
export function EarlyChecklist({ found }: { readonly found: Detail }) {
  const t = useWords('cases')
  const notice = useNotice()
  const tick = useWrite(casesApi.tickChecklist)
  const may = found.may.includes('checklist-ticked')
  const left = leftToCheck(found.checklist).length
  const write = (item: ChecklistItem, state: ChecklistState, note: string | null) =>
    void tick.send({ caseId: found.id, version: found.version, item, state, note }).catch(notice.refused)
  return (
    <Section title={t('checklist.title')}>
      <p className="muted">{t(left === 0 ? 'checklist.complete' : 'checklist.left', { count: left })}</p>
      <ul className="plain-list">
        {checklistItems.map((item) => {
          const { state, note } = found.checklist[item] ?? { state: 'open', note: null }
          const called = t(`checklist.item.${item}`)
          return (
            <li key={item} className="row">
              <Segmented<ChecklistState>
                size="small"
                aria-label={called}
                disabled={!may || tick.pending}
                value={state}
                options={checklistStates.map((value) => ({ value, label: t(`checklist.state.${value}`) }))}
                onChange={(value) => write(item, value, note)}
              />
              <span>{called}</span>
              {may ? (
                <Input
                  key={note}
                  size="small"
                  className="case-checklist-note"
                  aria-label={`${t('said.note')}: ${called}`}
                  placeholder={t('said.note')}
                  maxLength={2000}
                  defaultValue={note ?? ''}
                  onPressEnter={({ currentTarget }) => currentTarget.blur()}
                  onBlur={({ target }) => {
                    const typed = target.value.trim() || null
                    if (typed !== note) write(item, state, typed)
                  }}
                />
              ) : (
                note && <span className="muted">{note}</span>
              )}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
