// Every prompt by its name.

import type { Prompt } from './prompt.ts';
import type { PromptId } from './steps.ts';
import { after, copy } from './steps/after.ts';
import { gone, withdrawKind, withdrawSure } from './steps/withdraw.ts';
import { doubt, erase, eraseWhich, language, locked, person, stop } from './steps/asides.ts';
import { anythingElse, asksExperts, asksGovernment, good, links, linkTracking } from './steps/asks.ts';
import { joint, jointOpen, jointSplit } from './steps/joint.ts';
import { jointMember, jointOver } from './steps/joint-limit.ts';
import { jointReview } from './steps/joint-review.ts';
import { code } from './steps/elsewhere.ts';
import { importEnd, importing, importText } from './steps/import.ts';
import { namesWhere } from './steps/name-places.ts';
import { authorCheck, authorForm, authorName, harmedCheck, harmedForm, harmedName } from './steps/names.ts';
import { submissionLanguage } from './steps/names.ts';
import { cases, home } from './steps/cases.ts';
import { closeCase, codeWithdraw, handing, handOver, takeOver } from './steps/codes.ts';
import { closed, hello, keep, keepYes, safety } from './steps/opening.ts';
import { ageWhose, minor, minorWaiting } from './steps/age.ts';
import { others } from './steps/others.ts';
import { cutSure } from './steps/cut.ts';
import { overLimit, overLimitPart } from './steps/over-limit.ts';
import { namesInText, publication, publicationSure, standing } from './steps/publication.ts';
import { hold } from './steps/hold.ts';
import { heard } from './steps/heard.ts';
import { readBack, readBackCheck } from './steps/read-back.ts';
import { readerAgrees, readerHow, readerLanguage, readerName, ready } from './steps/read-aloud.ts';
import { review, reviewPart, reviewRemove, reviewRole } from './steps/review.ts';
import { send, writeBack } from './steps/send.ts';
import { tellerConsent, tellerLanguage, tellerName, tellerWritten, together } from './steps/teller.ts';
import { staffProposal, staffQuestion } from './steps/staff.ts';
import { newCode } from './steps/new-code.ts';
import { ifUnreachable } from './steps/unreachable.ts';
import { forWhom, held, ownWord, story } from './steps/telling.ts';
import { voiceCheck, voiceConsent, voiceLeft } from './steps/voice.ts';
import { topic, topicOne, topics } from './steps/topics.ts';

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
