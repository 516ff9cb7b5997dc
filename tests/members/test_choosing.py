"""Fields that choose rows."""

import pytest
from django.core.exceptions import ValidationError

from members.forms.choosing import SomeField
from members.models import Post


@pytest.mark.parametrize("number", ["9" * 20, "9" * 400, "-1", "x"])
def test_a_number_that_is_no_row_is_refused_in_words(db, number):
    with pytest.raises(ValidationError):
        SomeField(queryset=Post.objects.all()).clean([number])
