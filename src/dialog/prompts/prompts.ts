// Every prompt by its name.

import type { Prompt } from '../engine/prompt.ts';
import type { PromptId } from './steps.ts';
import { after, copy } from './after/after.ts';
import { gone, withdrawKind, withdrawSure } from './after/withdraw.ts';
import { doubt, erase, eraseWhich, language, locked, person, stop } from './asides/asides.ts';
import { anythingElse, asksExperts, asksGovernment, good, links, linkTracking } from './opening/asks.ts';
import { joint, jointOpen, jointSplit } from '../organiser/joint.ts';
import { jointMember, jointOver } from '../organiser/joint-limit.ts';
import { jointReview } from '../organiser/joint-review.ts';
import { code } from './after/elsewhere.ts';
import { importEnd, importing, importText } from '../organiser/import-prompts.ts';
import { namesWhere } from './names/name-places.ts';
import { authorCheck, authorForm, authorName, harmedCheck, harmedForm, harmedName } from './names/names.ts';
import { submissionLanguage } from './names/names.ts';
import { cases, home } from '../organiser/cases.ts';
import { closeCase, codeWithdraw, handing, handOver, takeOver } from '../organiser/codes.ts';
import { closed, hello, keep, keepYes, safety } from './opening/opening.ts';
import { ageWhose, minor, minorWaiting } from './opening/age.ts';
import { others } from './story/others.ts';
import { cutSure } from './approval/cut.ts';
import { overLimit, overLimitPart } from './approval/over-limit.ts';
import { namesInText, publication, publicationSure, standing } from './approval/publication.ts';
import { hold } from './approval/hold.ts';
import { heard } from '../voice/heard.ts';
import { readBack, readBackCheck } from './approval/read-back.ts';
import { readerAgrees, readerHow, readerLanguage, readerName, ready } from '../voice/read-aloud.ts';
import { review, reviewPart, reviewRemove, reviewRole } from './approval/review.ts';
import { send, writeBack } from './approval/send.ts';
import { tellerConsent, tellerLanguage, tellerName, tellerWritten, together } from '../organiser/teller.ts';
import { staffProposal, staffQuestion } from '../staff-review/staff.ts';
import { newCode } from './after/new-code.ts';
import { ifUnreachable } from './asides/unreachable.ts';
import { forWhom, held, ownWord, story } from './story/telling.ts';
import { voiceCheck, voiceConsent, voiceLeft } from '../voice/voice.ts';
import { topic, topicOne, topics } from './story/topics.ts';

export const PROMPT: Readonly<Record<PromptId, Prompt>> = {
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
  'submission-language': submissionLanguage,
  'read-back': readBack,
  'read-back-check': readBackCheck,
  'over-limit': overLimit,
  'over-limit-part': overLimitPart,
  'cut-sure': cutSure,
  publication,
  'publication-sure': publicationSure,
  standing,
  'if-unreachable': ifUnreachable,
  'staff-question': staffQuestion,
  'staff-proposal': staffProposal,
  'names-found': namesInText,
  send,
  'write-back': writeBack,
  after,
  'withdraw-kind': withdrawKind,
  'withdraw-sure': withdrawSure,
  gone,
  review,
  'review-part': reviewPart,
  'review-remove': reviewRemove,
  'review-role': reviewRole,
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
  home,
  cases,
  'reader-name': readerName,
  'reader-how': readerHow,
  'reader-language': readerLanguage,
  'reader-agrees': readerAgrees,
  'erase-which': eraseWhich,
  'hand-over': handOver,
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
