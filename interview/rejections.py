"""Why an answer could not be taken: one table of codes with their English sentences.

The rooms that speak to people translate by code; a test checks that every code has its words.
A sentence says what was wrong and, where there is one, shows an example of what is right.
"""

from collections.abc import Mapping

REJECTIONS: Mapping[str, str] = {
    "ambiguous_choice": "“{answer}” fits several choices: {choices}. Please choose one.",
    "at_early_review": "I have changed nothing. Still to be answered: “{open}”. Press Continue to go on, or write for "
    "example “change {question}”.",
    "at_review": "I have changed nothing. To change an answer, press “Correct an answer” or write for example “change "
    "{question}”. To send it, press “Send the report”.",
    "between_steps": "“{answer}” lies between two steps: from {lowest} to {highest}, it goes by {step}. For example: "
    "{example}",
    "cannot_skip": "This question needs an answer.",
    "choice_number": "There is no choice {number}: they are numbered 1 to {count}.",
    "constraint": "“{answer}” does not fit here. For example: {example}",
    "day_missing": "Please write the day as well. For example: {example}",
    "decimal": "Whole numbers only, please. For example: {example}",
    "did_you_mean": "“{answer}” is not on the list. Did you mean “{choice}”?",
    "empty": "The message was empty. For example: {example}",
    "file_needed": "Please send a file here.",
    "group_unclear": "I am not sure how to read “{answer}”. For example: {example}",
    "invalid_date": "The date “{answer}” does not exist. For example: {example}",
    "invalid_time": "The time “{answer}” does not exist. For example: {example}",
    "location_needed": "Please send a location here, or write it as in: {example}",
    "negative": "A number below 0 makes no sense here. For example: {example}",
    "not_a_choice": "“{answer}” is not one of the choices. For example: {example}",
    "not_a_date": "I cannot read “{answer}” as a date. For example: {example}",
    "not_a_moment": "I cannot read “{answer}” as a day and a time. For example: {example}",
    "not_a_number": "I cannot read “{answer}” as a number. For example: {example}",
    "not_a_time": "I cannot read “{answer}” as a time. For example: {example}",
    "not_complete": "It cannot be sent yet. Still to be answered: “{open}”.",
    "not_in_range": "“{answer}” does not fit here: please give a number from {lowest} to {highest}. For example: "
    "{example}",
    "nothing_before": "This is the first question.",
    "option_needed": "Please choose one of the options.",
    "parts_needed": "Please say each number: {parts}. For example: {example}",
    "photo_needed": "Please send a photo here.",
    "stale_option": "That button no longer fits. Here is the present question.",
    "text_needed": "Please write the answer. For example: {example}",
    "which_counts": "“{answer}” can mean two things: {first}, or {second}. Which one is right? You can also write it, "
    "for example: {example}",
    "day_meant": "“{answer}”: did it take place on {choice}?",
    "which_day": "“{answer}” may be several days. Please give the day, for example: {example}",
    "which_year": "“{answer}” has not come yet this year. Did you mean {choice}?",
    "time_missing": "Please write the time as well. For example: {example}",
    "total_alone": "I read {total} people in all. How many are there of each ({parts})? For example: {example}",
    "total_beyond": "I read {total} people in all, of whom {sum} are told apart ({parts}); that leaves {rest}. If a "
    "number is wrong, please write it again, for example: {example}",
    "too_large": "{answer} is too large: {limit} at most. For example: {example}",
    "too_long": "That is {length} characters; at most {limit} fit.",
    "too_many_entries": "No more than {limit} entries fit into one report.",
    "too_many_photos": "No more than {limit} photos fit here.",
    "too_small": "{answer} is too small: {limit} at least. For example: {example}",
    "total_mismatch": "The total {total} does not match {parts}, which make {sum}. Please check and write it again.",
}
