from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import CYCLE, ELECTION, PUBLIC_ELECTION
from okil.areas.elections.views import rule_questions

HERE = ELECTION + "rule-questions/"
ONE = HERE + "<int:number>/"

urlpatterns = [
    path(HERE, rule_questions.questions, name="rule_questions"),
    path(HERE + "new/", rule_questions.ask, name="rule_question_ask"),
    path(HERE + "proposals/", rule_questions.proposals, name="rule_proposals"),
    path(ONE, rule_questions.question, name="rule_question"),
    path(ONE + "answer/", rule_questions.answer, name="rule_question_answer"),
    path(ONE + "reopen/", rule_questions.reopen, name="rule_question_reopen"),
    path(ONE + "propose/", rule_questions.propose, name="rule_question_propose"),
    path(ONE + "close/", rule_questions.close, name="rule_question_close"),
    path(CYCLE + "rule-questions/", rule_questions.of_the_cycle, name="cycle_rule_questions"),
    path(PUBLIC_ELECTION + "questions/", rule_questions.public, name="group_rule_questions"),
]
