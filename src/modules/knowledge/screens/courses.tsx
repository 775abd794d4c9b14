import { CheckOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { usePages, useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { knowledgeApi } from '../api.ts'
import { CourseForm } from './course-form.tsx'
import { Prose } from './prose.tsx'
import { Readers } from './readers.tsx'
import { useShown } from './shown-texts.ts'
import './knowledge.css'

export type Course = ResultOf<typeof knowledgeApi.courses>['items'][number]

/** The courses there are: what they teach, and whether one has completed them. */
export function Courses() {
  const t = useWords('knowledge')
  const { may } = useSession()
  const trains = may('knowledge.train')
  const [retired, setRetired] = useState(false)
  const [open, setOpen] = useState<Course | 'new' | null>(null)
  const courses = useRead(knowledgeApi.courses, retired ? { retired } : {})
  const add = trains && (
    <Button icon={<PlusOutlined />} onClick={() => setOpen('new')}>
      {t('course.new')}
    </Button>
  )
  return (
    <Section
      title={t('course.title')}
      actions={
        trains && (
          <>
            <Checkbox checked={retired} onChange={(event) => setRetired(event.target.checked)}>
              {t('course.retired')}
            </Checkbox>
            {add}
          </>
        )
      }
    >
      <Loaded of={courses}>
        {({ items, people }) =>
          items.length === 0 ? (
            <Empty title={t('course.none')} action={add}>
              {t('course.noneHelp')}
            </Empty>
          ) : (
            <ul className="knowledge-news">
              {items.map((course) => (
                <OneCourse key={course.id} course={course} people={people} trains={trains} change={() => setOpen(course)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {open && (
        <Dialog title={t(open === 'new' ? 'course.new' : 'course.change')} onClose={() => setOpen(null)} wide>
          <CourseForm
            course={open === 'new' ? null : (courses.data?.items.find(({ id }) => id === open.id) ?? open)}
            close={() => setOpen(null)}
          />
        </Dialog>
      )}
    </Section>
  )
}

function OneCourse({ course, people, trains, change }: { course: Course; people: number; trains: boolean; change: () => void }) {
  const t = useWords('knowledge', 'organization')
  const ui = useWords('ui')
  const format = useFormat()
  const notice = useNotice()
  const shown = useShown()
  const [following, setFollowing] = useState(false)
  const complete = useWrite(knowledgeApi.completeCourse, { onDone: () => notice.done(t('course.completedDone')) })
  const name = shown(course.name)
  return (
    <li>
      <b>{name}</b>
      <span className="row">
        {course.skills.map((skill) => (
          <Tag key={skill}>{t(`organization:staff.skill.${skill}`)}</Tag>
        ))}
        {!course.active && <Tag>{t('course.notGiven')}</Tag>}
        {course.completedAt && <Tag className="knowledge-good">{t('course.completedAt', { at: format.instant(course.completedAt) })}</Tag>}
      </span>
      <Prose text={shown(course.about)} />
      <span className="row">
        {course.articleId && <Link to={`/knowledge/${course.articleId}`}>{t('course.toArticle')}</Link>}
        {course.techniqueId && <Link to={`/techniques#${course.techniqueId}`}>{t('course.toTechnique')}</Link>}
        {course.link && (
          <a href={course.link} target="_blank" rel="noreferrer">
            {t('course.toLink')}
          </a>
        )}
      </span>
      <div className="knowledge-tools">
        {!course.completedAt && course.active && (
          <Button
            size="small"
            icon={<CheckOutlined />}
            loading={complete.pending}
            aria-label={t('course.completeOf', { name })}
            onClick={() => void complete.send({ courseId: course.id }).catch(notice.refused)}
          >
            {t('course.complete')}
          </Button>
        )}
        {trains && (
          <>
            <Button size="small" aria-label={t('form.edit', { name })} onClick={change}>
              {ui('edit')}
            </Button>
            <Button size="small" title={t('course.who')} onClick={() => setFollowing(true)}>
              {t('course.follow', { done: format.number(course.completedBy), of: format.number(people) })}
            </Button>
          </>
        )}
      </div>
      {following && (
        <Dialog title={name} onClose={() => setFollowing(false)}>
          <FollowUp course={course} />
        </Dialog>
      )}
    </li>
  )
}

/** Who has completed it and who has not, and a way to note it for somebody. */
function FollowUp({ course }: { course: Course }) {
  const t = useWords('knowledge')
  const ui = useWords('ui')
  const notice = useNotice()
  const [done, setDone] = useState(false)
  const pages = usePages(knowledgeApi.completions, { courseId: course.id, done })
  const note = useWrite(knowledgeApi.noteCompletion, { onDone: () => notice.done(ui('saved')) })
  return (
    <>
      <Form<{ userId: string; note: string }>
        fields={[
          { name: 'userId', kind: 'people', label: t('course.person'), required: true },
          { name: 'note', kind: 'text', label: t('course.note'), maxLength: 2000 },
        ]}
        initial={{}}
        onSubmit={({ userId, note: written }) => note.send({ courseId: course.id, userId, ...(written ? { note: written } : {}) })}
        problem={note.problem}
        pending={note.pending}
        submit={t('course.noteIt')}
      />
      <Readers
        title={t('course.who')}
        done={done}
        setDone={setDone}
        pages={pages}
        people={pages.items.map(({ userId, name, completedAt }) => ({ userId, name, at: completedAt }))}
      />
    </>
  )
}
