/**
 * What scripts add to pages for customers, which work without any. A page asks for it by attributes:
 *
 *   <form data-form>                          says that it is being sent, and that a file is too large before it is sent
 *   <form data-form="said">                   and the answer replaces the element with this id, and the form; the rest of the page stays
 *   <ol id="said" data-live="/api/v1/…">      is fetched anew when something is told there; `data-follow`: its end stays in sight (`livePart`)
 */
import './light.css'
import { startForms } from './forms.ts'
import { startFrame } from './frame.ts'
import { startLive } from './live.ts'

startFrame()
startForms()
startLive()
document.getElementById('problems')?.focus()
