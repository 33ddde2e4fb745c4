// Every prompt under its id. A missing prompt, or a wrong id, does not compile.

import type { Prompt } from '../engine/prompt.ts';
import { cases, home } from '../organiser/cases.ts';
import { closeCase, codeWithdraw, handing, handOverPrompt, takeOver } from '../organiser/codes.ts';
import { importEnd, importing, importText } from '../organiser/import-prompts.ts';
import { jointMember, jointOver } from '../organiser/joint-limit.ts';
import { jointReview } from '../organiser/joint-members.ts';
import { joint, jointOpen, jointSplit } from '../organiser/joint.ts';
import { tellerAge, tellerConsent, tellerLanguage, tellerName, tellerWritten, together } from '../organiser/teller.ts';
import { staffPrompts } from '../staff-review/staff.ts';
import { readerAgrees, readerCheck, readerHow, readerLanguage, readerName, ready } from '../organiser/read-aloud.ts';
import { heard, voiceCheck, voiceConsent, voiceLeft } from '../voice/voice.ts';
import { after, copy } from './after/after.ts';
import { code } from './after/elsewhere.ts';
import { gone, newCode, withdrawKind, withdrawSure } from './after/withdraw.ts';
import { cutSure, overLimit, overLimitPart } from './approval/cut.ts';
import { hold } from './approval/hold.ts';
import { keptBack } from './approval/kept-back.ts';
import { namesInText, publication, publicationSure, standing } from './approval/publication.ts';
import { readBack, readBackCheck } from './approval/read-back.ts';
import { reviewMore } from './approval/check.ts';
import { review, reviewPart, reviewRemove, reviewRole } from './approval/review.ts';
import { send, writeBack } from './approval/send.ts';
import { sieve, sieveAll } from './approval/sieve.ts';
import { stopped } from './approval/stopped.ts';
import { doubt } from './asides/asides.ts';
import { language } from './asides/language.ts';
import { locked } from './asides/locked.ts';
import { person } from './asides/person.ts';
import { erase, eraseWhich, stop } from './asides/stop-and-erase.ts';
import { ifUnreachable } from './asides/unreachable.ts';
import { namesWhere } from './names/name-places.ts';
import { withheldKind } from './names/withheld.ts';
import { authorCheck, authorForm, authorName, harmedCheck, harmedForm, harmedName } from './names/names.ts';
import { country } from './names/country.ts';
import { submissionLanguage } from './names/submission-language.ts';
import { translation, translationCheck, translationPart, translationWait } from './names/translation.ts';
import { ageWhose, minor, minorWaiting } from './opening/age.ts';
import { gathers } from './opening/gathers.ts';
import { closed, hello, keep, keepYes, safety } from './opening/opening.ts';
import type { PromptId } from './prompt-ids.ts';
import { anythingElse, asksExperts, asksGovernment, good, links, linkTracking } from './story/closing.ts';
import { others } from './story/others.ts';
import { held } from './story/held.ts';
import { ownWord, story } from './story/telling.ts';
import { forWhom } from './story/who-writes.ts';
import { topic, topicOne, topics } from './story/topics.ts';

export const PROMPT: { readonly [Id in PromptId]: Prompt<Id> } = {
  hello,
  closed,
  safety,
  keep,
  'keep-yes': keepYes,
  'age-whose': ageWhose,
  minor,
  'minor-waiting': minorWaiting,
  'for-whom': forWhom,
  held,
  story,
  'own-word': ownWord,
  topics,
  topic,
  'topic-one': topicOne,
  'asks-government': asksGovernment,
  'asks-experts': asksExperts,
  good,
  else: anythingElse,
  links,
  'link-tracking': linkTracking,
  others,
  'harmed-form': harmedForm,
  'harmed-name': harmedName,
  'harmed-check': harmedCheck,
  'author-form': authorForm,
  'author-name': authorName,
  'author-check': authorCheck,
  'names-where': namesWhere,
  'withheld-kind': withheldKind,
  country,
  'submission-language': submissionLanguage,
  translation,
  'translation-part': translationPart,
  'translation-wait': translationWait,
  'translation-check': translationCheck,
  sieve,
  'read-back': readBack,
  'read-back-check': readBackCheck,
  'over-limit': overLimit,
  'over-limit-part': overLimitPart,
  'cut-sure': cutSure,
  'sieve-all': sieveAll,
  publication,
  'publication-sure': publicationSure,
  'kept-back': keptBack,
  standing,
  'if-unreachable': ifUnreachable,
  ...staffPrompts,
  'names-found': namesInText,
  send,
  stopped,
  'write-back': writeBack,
  after,
  'withdraw-kind': withdrawKind,
  'withdraw-sure': withdrawSure,
  gone,
  review,
  'review-part': reviewPart,
  'review-remove': reviewRemove,
  'review-role': reviewRole,
  'review-more': reviewMore,
  gathers,
  'voice-check': voiceCheck,
  'voice-consent': voiceConsent,
  'voice-left': voiceLeft,
  heard,
  language,
  doubt,
  person,
  stop,
  hold,
  erase,
  locked,
  copy,
  code,
  together,
  'teller-name': tellerName,
  'teller-language': tellerLanguage,
  'teller-written': tellerWritten,
  'teller-consent': tellerConsent,
  'teller-age': tellerAge,
  home,
  cases,
  'reader-name': readerName,
  'reader-check': readerCheck,
  'reader-how': readerHow,
  'reader-language': readerLanguage,
  'reader-agrees': readerAgrees,
  'erase-which': eraseWhich,
  'hand-over': handOverPrompt,
  handing,
  'take-over': takeOver,
  'code-withdraw': codeWithdraw,
  'close-case': closeCase,
  'new-code': newCode,
  ready,
  joint,
  'joint-split': jointSplit,
  'joint-open': jointOpen,
  'joint-over': jointOver,
  'joint-member': jointMember,
  'joint-review': jointReview,
  import: importing,
  'import-text': importText,
  'import-end': importEnd,
};
